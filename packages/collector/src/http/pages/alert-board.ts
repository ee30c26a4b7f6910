import { isDeferred, isOpen } from '@tabiji/core/alert'
import type { BoardAlert } from '@tabiji/dashboard'
import type { EpisodeRecord } from '../../ports/alert-store.ts'
import type { Overview } from '../../ports/api.ts'
import type { DigestPreview, Digests } from '../../ports/digests.ts'
import type { FrameRooms } from './around.ts'

export type BoardRooms = FrameRooms & { readonly digests: Digests }

/** Alerts with what their readers decide by: how their objectives stand now, when people are told, their incidents. */
export function boardOf(
  { api, work, digests }: BoardRooms,
  { journeys }: Overview,
  alerts: readonly EpisodeRecord[],
): readonly BoardAlert[] {
  const standings = new Map(journeys.flatMap(({ objectives }) => objectives.map((each) => [each.id, each])))
  const incidents = new Map(
    work.listIncidents('all').flatMap((incident) => incident.episodes.map((id) => [id, incident])),
  )
  const shown = digests.show()
  const previews = shown.ok ? shown.value.digests : []
  return alerts.map((alert) => {
    const incident = incidents.get(alert.id)
    const belongs = incident === undefined ? {} : { incident }
    if (!isOpen(alert.episode)) return { ...alert, ...belongs }
    const { journey, objective } = alert.facts
    const standing = objective === undefined ? undefined : standings.get(`${journey.name}/${objective.name}`)
    const awaits = awaitedBy(api, previews, alert)
    return {
      ...alert,
      ...belongs,
      ...(standing !== undefined && { standing }),
      ...(awaits !== undefined && { awaits }),
    }
  })
}

/** What its beginning waits for; nothing when people were told at once, or nobody ever is. */
function awaitedBy(
  { alert }: Pick<FrameRooms['api'], 'alert'>,
  previews: readonly DigestPreview[],
  { id, level }: EpisodeRecord,
): BoardAlert['awaits'] {
  const rows = alert(id)?.notifications.filter(({ kind }) => kind === 'trigger') ?? []
  const held = rows.find(({ state, verdicts }) => state === 'gated' && isDeferred(verdicts))
  if (held !== undefined) return { by: 'gates', verdicts: held.verdicts }
  const period = level === 3 ? 'week' : 'day'
  const digest = previews.find((each) => each.period === period && lists(each, id))
  // A digest lists its first lines only; what it will tell without a line waits for it as well.
  const isOwed = rows.some(({ state }) => state === 'digest')
  if (!isOwed && (level !== 3 || digest === undefined)) return undefined
  return { by: period, ...(digest?.dueAt !== undefined && { at: digest.dueAt }) }
}

function lists({ receivers, facts }: DigestPreview, id: string): boolean {
  return receivers.length > 0 && facts.items.some(({ episode }) => episode === id)
}

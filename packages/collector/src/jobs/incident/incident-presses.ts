import { foldIncident, type Incident } from '@tabiji/core/incident'
import type { AlertStore } from '../../ports/alert-store.ts'
import type { IncidentPresses, PressedBoxes, PressOutcome } from '../../ports/slack-press.ts'
import type { Result, Work } from '../../ports/work.ts'
import type { WorkStore } from '../../ports/work-store.ts'

type Desk = {
  readonly store: Pick<WorkStore, 'incidentHistory' | 'transact'>
  readonly alerts: Pick<AlertStore, 'outboxOf'>
  readonly work: Pick<Work, 'changeIncident'>
  /** The way by which these presses come. */
  readonly via: string
}

/** Does what people ask for by the buttons and boxes of an incident's message. */
export function createIncidentPresses({ store, alerts, work, via }: Desk): IncidentPresses {
  return {
    takeRole: (incident, role, by) => {
      const taken = work.changeIncident(incident, { type: 'takeRole', role }, by)
      // Pressed twice, by mistake or to read again what is to be done.
      if (taken.ok || taken.problems.every(({ code }) => code === 'INCIDENT_ROLE_HELD')) {
        return { kind: 'hasRole', incident, role, by }
      }
      return unchanged(incident, taken)
    },
    tick: (boxes, by) =>
      store.transact(() => {
        const { incident: key, revision, receiver } = boxes
        const { events } = store.incidentHistory(key)
        const [then, now] = [foldIncident(key, events.slice(0, revision)), foldIncident(key, events)]
        if (then === undefined || now === undefined) {
          return { kind: 'unchanged', incident: key, message: `There is no incident ${key} as that message shows it` }
        }
        const isNewest = toldLast(alerts, key, receiver) === revision
        const results = changesOf(boxes, { then, now }, { by, via, isNewest }).map(({ item, type }) =>
          work.changeIncident(key, { type, item, via }, by),
        )
        const refused = results.find((result) => !result.ok)
        return refused === undefined || refused.ok ? undefined : unchanged(key, refused)
      }),
  }
}

type Presser = { readonly by: string; readonly via: string; readonly isNewest: boolean }

/**
 * What somebody changed: the boxes that are not as the message showed them. All other boxes say nothing, because others may have
 * ticked them since. One that is as it was shown was changed nevertheless where the same person had pressed it before, and the
 * message has not been edited yet: they take it back.
 */
function changesOf(
  { from, count, ticked, selected }: PressedBoxes,
  { then, now }: { readonly then: Incident; readonly now: Incident },
  { by, via, isNewest }: Presser,
): readonly { readonly item: string; readonly type: 'tick' | 'untick' }[] {
  const shown = then.checklist?.items.slice(from, from + count) ?? []
  return shown.flatMap(({ id }, i) => {
    const [was, wants] = [ticked.includes(i), selected.includes(id)]
    const [before, mark] = [then.checklist?.marks[id], now.checklist?.marks[id]]
    const isOwn = mark !== undefined && mark.by === by && mark.via === via && mark.at !== before?.at
    const takesBack = isNewest && isOwn && mark.ticked !== wants
    return was !== wants || takesBack ? [{ item: id, type: wants ? ('tick' as const) : ('untick' as const) }] : []
  })
}

/** The revision that the message in the channel tells of. */
function toldLast(alerts: Desk['alerts'], key: string, receiver: string): number | undefined {
  const last = alerts
    .outboxOf(`incident:${key}`)
    .findLast((row) => row.receiver === receiver && row.state === 'delivered')
  return last?.facts.kind === 'incident' ? last.facts.revision : undefined
}

function unchanged(incident: string, { problems }: Extract<Result<never>, { ok: false }>): PressOutcome {
  return { kind: 'unchanged', incident, message: problems.map(({ message }) => message).join('; ') }
}

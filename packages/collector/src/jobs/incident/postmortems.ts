import type { PostmortemFacts } from '@tabiji/core/alert'
import type { Incident } from '@tabiji/core/incident'
import type { Definition } from '@tabiji/core/journey'
import {
  compareDuties,
  overdueFrom,
  type PostmortemDuty,
  type PostmortemWithin,
  postmortemDuty,
} from '@tabiji/core/postmortem'
import { DAY, type Desk, nextOpening } from '@tabiji/core/time'
import type { AlertStore } from '../../ports/alert-store.ts'
import type { DutyFilter, Postmortems } from '../../ports/postmortems.ts'
import type { WorkStore } from '../../ports/work-store.ts'
import { newsRow } from '../delivery/news-row.ts'
import { incidentIn, incidentsIn } from './incidents.ts'

type Parts = {
  readonly store: Pick<WorkStore, 'incidentHistory' | 'incidentHistories'>
  readonly alerts: Pick<AlertStore, 'owe' | 'findOwed'>
  readonly within: PostmortemWithin
  /** Where drafts are written, relative to where the command runs. */
  readonly folder?: string
  readonly deskOf: (owner: string | undefined) => Desk
  /** Who hears that one is overdue, by the owner of the journey. */
  readonly receiversOf: (owner: string | undefined) => readonly string[]
  readonly definition: () => Definition
  readonly isSample: () => boolean
  readonly now: () => number
}

export type PostmortemTurns = Postmortems & {
  /** Owes a reminder of what has become overdue, once for every due date. @returns the incidents */
  remind(now: number): readonly string[]
}

/** After so long nobody is reminded any more: an upgrade, or a stricter policy, does not tell of a year at once. */
const REMINDED_MS = 7 * DAY

/**
 * Who owes a postmortem by when. Nothing of it is stored: it follows from the incident, the policy and the calendar. The id of a
 * reminder is made of the due date, so that it is told once, also by a process that was started since.
 */
export function createPostmortems(parts: Parts): PostmortemTurns {
  const { store, within, folder, now } = parts
  const owedBy = (at: number) =>
    incidentsIn(store).flatMap((incident) => {
      const owner = ownerOf(incident, parts.definition())
      const desk = parts.deskOf(owner)
      const duty = postmortemDuty(incident, within, desk, at)
      return duty === undefined ? [] : [{ duty, desk, owner }]
    })
  return {
    list: (state) =>
      owedBy(now())
        .map(({ duty }) => duty)
        .filter((duty) => passes(duty, state))
        .sort(compareDuties),
    of: (key) => {
      const found = incidentIn(store, key)
      if (!found.ok) return found
      const duty = postmortemDuty(found.value, within, parts.deskOf(ownerOf(found.value, parts.definition())), now())
      const file = folder === undefined ? {} : { file: `${folder}/${key}.md` }
      return { ok: true, value: { incident: key, ...(duty !== undefined && { duty }), ...file } }
    },
    remind: (at) => owedBy(at).flatMap((each) => remindOf(each, parts, at)),
  }
}

type Owed = { readonly duty: PostmortemDuty; readonly desk: Desk; readonly owner: string | undefined }

/** At the next opening of the desk: a postmortem wakes nobody. */
function remindOf(
  { duty, desk, owner }: Owed,
  { alerts, receiversOf, isSample }: Parts,
  at: number,
): readonly string[] {
  const { incident, state, due } = duty
  const late = at - overdueFrom(duty, desk)
  if (state === 'published' || late < 0 || late > REMINDED_MS) return []
  const rows = receiversOf(owner).map((receiver) => ({ receiver, id: `${incident}:postmortem:${due}:${receiver}` }))
  const missing = rows.filter(({ id }) => alerts.findOwed(id) === undefined)
  if (missing.length === 0) return []
  const { timeZone } = desk
  const facts: PostmortemFacts = {
    kind: 'postmortem',
    level: 3,
    incident,
    title: duty.title,
    state,
    due,
    at,
    timeZone,
    sample: isSample(),
    ...(duty.owner !== undefined && { owner: duty.owner }),
    dedupKey: `${incident}:postmortem:${due}`,
  }
  alerts.owe(missing.map(({ receiver, id }) => newsRow(facts, receiver, id, nextOpening(at, desk) ?? at)))
  return [incident]
}

/** Whose the first hurt journey is, in the order of the file. */
function ownerOf({ journeys: hurt }: Incident, { journeys }: Definition): string | undefined {
  return journeys.find(({ name }) => hurt.includes(name))?.owner
}

function passes({ state, overdueDays }: PostmortemDuty, wanted: DutyFilter): boolean {
  if (wanted === 'overdue') return overdueDays > 0
  if (wanted === 'open') return state !== 'published'
  return wanted === 'all' || state === wanted
}

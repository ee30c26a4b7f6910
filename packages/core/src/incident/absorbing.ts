import type { IncidentChecklist } from './checklist-template.ts'
import type { Beginnings, Incident, IncidentCause, Timed, TimeMark } from './state.ts'

/** What the incident that stays gets of the one that goes; what is optional is absent in events of earlier versions, too. */
export type Brought = Pick<Incident, 'episodes' | 'journeys' | 'level' | 'times' | 'resolvedAt'> & {
  readonly causes: readonly IncidentCause[]
  /** Ids of lines that had a star. */
  readonly starred: readonly string[]
  readonly before?: Beginnings
} & Partial<Pick<Incident, 'checklist' | 'roles' | 'updates' | 'runbooks' | 'steps'>>

/** The id of a line in the timeline of the incident that its own was merged into. */
export function lineFrom(incident: string, line: string): string {
  return `${incident}:${line}`
}

export function broughtBy(gone: Incident): Brought {
  const { key, episodes, journeys, level, times, resolvedAt, openedAt, causes = [], lines } = gone
  const { checklist, roles, updates, runbooks, steps } = gone
  const { impactStarted: began, detected } = times
  return {
    episodes,
    journeys,
    causes,
    times,
    roles,
    ...(level !== undefined && { level }),
    ...(resolvedAt !== undefined && { resolvedAt }),
    starred: (lines?.starred ?? []).map((line) => lineFrom(key, line)),
    before: { ...(began && { began }), noticed: detected ?? { at: openedAt, origin: 'person' } },
    ...(checklist !== undefined && { checklist }),
    ...(updates !== undefined && { updates }),
    ...(runbooks !== undefined && { runbooks }),
    ...(steps !== undefined && { steps }),
  }
}

/**
 * It began when the first of the two began, whatever was stated of one of them, and was over when the last was over. Otherwise
 * what people stated, ticked, took and said of the one that stays holds, and the other fills what is missing.
 */
export function absorb(incident: Incident, from: string, at: number, brought: Brought): Incident {
  const { absorbed = [], causes = [], lines, resolvedAt, runbooks = [] } = incident
  const known = new Set(causes.map(({ id }) => id))
  const allCauses = [...causes, ...brought.causes.filter(({ id }) => !known.has(id))]
  const level = least(incident.level, brought.level)
  const end =
    resolvedAt === undefined || brought.resolvedAt === undefined ? resolvedAt : Math.max(resolvedAt, brought.resolvedAt)
  const said = new Set(runbooks.map(({ runbook }) => runbook))
  const allSaid = [...(brought.runbooks ?? []).filter(({ runbook }) => !said.has(runbook)), ...runbooks]
  const [checklist, updates, before] = [
    checklistOf(incident, brought),
    updatesOf(incident, brought),
    beforeOf(incident, brought),
  ]
  return {
    ...incident,
    episodes: [...new Set([...incident.episodes, ...brought.episodes])],
    journeys: [...new Set([...incident.journeys, ...brought.journeys])],
    absorbed: [...absorbed, from],
    absorbedAt: at,
    times: timesOf(incident, brought),
    roles: { ...brought.roles, ...incident.roles },
    ...(before && { before }),
    ...(checklist && { checklist }),
    ...(updates && { updates }),
    ...(allSaid.length > 0 && { runbooks: allSaid }),
    ...stepsOf(incident, brought),
    ...(level !== undefined && { level }),
    ...(allCauses.length > 0 && { causes: allCauses }),
    ...(end !== undefined && { resolvedAt: end }),
    ...((lines !== undefined || brought.starred.length > 0) && {
      lines: { written: lines?.written ?? [], starred: [...(lines?.starred ?? []), ...brought.starred] },
    }),
  }
}

function beforeOf({ before }: Incident, brought: Brought): Beginnings | undefined {
  const began = earlier(before?.began, brought.before?.began)
  const noticed = earlier(before?.noticed, brought.before?.noticed)
  return began === undefined && noticed === undefined
    ? before
    : { ...(began && { began }), ...(noticed && { noticed }) }
}

/** The list of the more urgent of the two. Done in one of them is done, unless somebody took it back in the one that stays. */
function checklistOf({ checklist: own }: Incident, { checklist: other }: Brought): IncidentChecklist | undefined {
  if (own === undefined || other === undefined) return own ?? other
  const { level, items } = other.level < own.level ? other : own
  return { level, items, marks: { ...other.marks, ...own.marks } }
}

/** What was said last, and the first of the two times at which people expect the next word. */
function updatesOf({ updates: own }: Incident, { updates: other }: Brought): Incident['updates'] {
  if (own === undefined || other === undefined) return own ?? other
  const last = (own.last?.at ?? 0) >= (other.last?.at ?? 0) ? own.last : other.last
  const dues = [own.due, other.due].filter((due) => due !== undefined)
  return { ...(last && { last }), ...(dues.length > 0 && { due: Math.min(...dues) }) }
}

/** Done in one of them is done. */
function stepsOf({ steps = [] }: Incident, brought: Brought): Pick<Incident, 'steps'> {
  const isKnown = (one: { runbook: string; step: string }) =>
    steps.some(({ runbook, step }) => runbook === one.runbook && step === one.step)
  const all = [...(brought.steps ?? []).filter((one) => !isKnown(one)), ...steps]
  return all.length === 0 ? {} : { steps: all }
}

const BEGINNINGS = ['detected', 'delivered', 'acknowledged'] as const

function timesOf({ times, resolvedAt }: Incident, other: Brought): Incident['times'] {
  const began = earlier(times.impactStarted, other.times.impactStarted)
  const noticed = other.before?.noticed
  const impactStarted = began && noticed && noticed.at < began.at ? noticed : began
  const begun = BEGINNINGS.flatMap((moment) => {
    const mark = pick(times[moment], other.times[moment], (a, b) => a.at <= b.at)
    return mark === undefined ? [] : [[moment, mark] as const]
  })
  const later = (a: TimeMark, b: TimeMark) => a.at >= b.at
  const mitigated = over({ times, resolvedAt }, other)
    ? pick(times.mitigated, other.times.mitigated, later)
    : stated(times)
  const resolved = resolvedAt === undefined ? undefined : pick(times.resolved, other.times.resolved, later)
  return {
    ...(impactStarted && { impactStarted }),
    ...Object.fromEntries(begun),
    ...(mitigated !== undefined && { mitigated }),
    ...(resolved !== undefined && { resolved }),
  }
}

type Ending = { readonly times: Incident['times']; readonly resolvedAt?: number | undefined }

/** While one of the two goes on, nobody knows when both were over. */
function over(...both: readonly Ending[]): boolean {
  return both.every(({ times, resolvedAt }) => times.mitigated !== undefined || resolvedAt !== undefined)
}

function stated({ mitigated }: { readonly [timed in Timed]?: TimeMark }): TimeMark | undefined {
  return mitigated?.stated === true ? mitigated : undefined
}

function earlier(a: TimeMark | undefined, b: TimeMark | undefined): TimeMark | undefined {
  if (a === undefined || b === undefined) return a ?? b
  return b.at < a.at ? b : a
}

function pick(
  own: TimeMark | undefined,
  other: TimeMark | undefined,
  isFirst: (a: TimeMark, b: TimeMark) => boolean,
): TimeMark | undefined {
  if (own === undefined || other === undefined) return own ?? other
  return own.stated === true || isFirst(own, other) ? own : other
}

/** The more urgent of two levels. */
function least(a: Incident['level'], b: Incident['level']): Incident['level'] {
  return a === undefined || (b !== undefined && b < a) ? b : a
}

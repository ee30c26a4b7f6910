import { instantOf } from '../time/index.ts'
import type { MonthFacts } from './month-facts.ts'

/** An incident of a month, and a fix that removes its cause: open when the incident began, or done by then. */
export type FixRepeat = { readonly incident: string; readonly fix: string } & (
  | { readonly openSince: string }
  | { readonly doneAt: string }
)

/** What came back in the month although it has a fix, first what need not have happened. Empty without statistics. */
export function repeatsIn({ from, to, incidents, statistics }: MonthFacts): readonly FixRepeat[] {
  const [start, end] = [instantOf(from), instantOf(to)]
  const began = incidents
    .filter(({ impactStartedAt, openedAt }) => {
      const at = instantOf(impactStartedAt ?? openedAt)
      return at >= start && at < end
    })
    .map(({ key }) => key)
  const open = statistics?.debt.repeats ?? []
  const done = (statistics?.watched ?? []).flatMap(({ key, doneAt, incidents: back }) =>
    back.map((incident) => ({ incident, fix: key, doneAt })),
  )
  return [...open, ...done].filter(({ incident }) => began.includes(incident))
}

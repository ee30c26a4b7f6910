import { addMonths, dateOf, datesIn, isoIn } from '../time/index.ts'
import type { JourneyMonth, MonthFacts } from './month-facts.ts'
import type { PolicyException } from './policy-step.ts'
import type { Ask, AskState, Remark } from './remark.ts'

/** What somebody said for a report: kept for ever, in the order in which it was said. `at` is in milliseconds. */
export type RemarkEvent = { readonly at: number; readonly by?: string } & (
  | { readonly kind: 'commented'; readonly month: string; readonly journey: string; readonly text: string }
  /** Without a text, the headline before it is taken back. */
  | { readonly kind: 'headed'; readonly month: string; readonly text?: string }
  | ({ readonly kind: 'asked' } & Pick<Ask, 'key' | 'month' | 'text' | 'why' | 'journey' | 'owner' | 'due'>)
  | {
      readonly kind: 'answered'
      readonly key: string
      readonly state: Exclude<AskState, 'open'>
      readonly text?: string
    }
  | { readonly kind: 'excepted'; readonly journey: string; readonly until: string; readonly reason: string }
)

/** `ASK-0003` for the third. */
export const askKey = (number: number): string => `ASK-${String(number).padStart(4, '0')}`

/** Everything that was ever asked, with what became of it; the oldest first. */
export function everyAsk(events: readonly RemarkEvent[], zone: string): readonly Ask[] {
  const asks = new Map<string, Ask>()
  for (const event of events) {
    if (event.kind === 'asked') {
      const { kind: _, at: __, by: ___, ...asked } = event
      asks.set(event.key, { ...asked, state: 'open' })
    } else if (event.kind === 'answered') {
      const known = asks.get(event.key)
      if (known !== undefined) asks.set(event.key, answered(known, event, zone))
    }
  }
  return [...asks.values()]
}

function answered({ answer: _, ...ask }: Ask, event: RemarkEvent & { readonly kind: 'answered' }, zone: string): Ask {
  const { state, text } = event
  return { ...ask, state, ...(text !== undefined && { answer: remarkOf(event, text, zone) }) }
}

/**
 * The facts of a month with what people said for it: the last comment of each journey, the headline, what was asked in its
 * report and in that of the month before, and the exceptions from the policy that were in force on one of its days.
 */
export function withRemarks(facts: MonthFacts, events: readonly RemarkEvent[]): MonthFacts {
  const { asks: _, headline: __, ...plain } = facts
  const { month, timeZone: zone } = facts
  const asked = [addMonths(month, -1), month]
  const asks = everyAsk(events, zone).filter((ask) => asked.includes(ask.month))
  const headline = headlineOf(events, month, zone)
  return {
    ...plain,
    journeys: facts.journeys.map((journey) => remarked(journey, facts, events)),
    ...(asks.length > 0 && { asks }),
    ...(headline !== undefined && { headline }),
  }
}

function headlineOf(events: readonly RemarkEvent[], month: string, zone: string): Remark | undefined {
  const last = events.findLast((event) => event.kind === 'headed' && event.month === month)
  return last?.kind === 'headed' && last.text !== undefined ? remarkOf(last, last.text, zone) : undefined
}

function remarked(
  { comment: _, ...journey }: JourneyMonth,
  facts: MonthFacts,
  events: readonly RemarkEvent[],
): JourneyMonth {
  const said = events.findLast(
    (event) => event.kind === 'commented' && event.month === facts.month && event.journey === journey.name,
  )
  const comment = said?.kind === 'commented' ? remarkOf(said, said.text, facts.timeZone) : undefined
  const { policy } = journey
  const exceptions = exceptionsOf(journey.name, facts, events)
  return {
    ...journey,
    ...(comment !== undefined && { comment }),
    ...(policy !== undefined && exceptions.length > 0 && { policy: { ...policy, exceptions } }),
  }
}

function exceptionsOf(
  journey: string,
  { month, timeZone: zone }: MonthFacts,
  events: readonly RemarkEvent[],
): readonly PolicyException[] {
  const [first = '', last = ''] = [datesIn(month)[0], datesIn(month).at(-1)]
  return events.flatMap((event) => {
    if (event.kind !== 'excepted' || event.journey !== journey) return []
    if (event.until < first || dateOf(event.at, zone) > last) return []
    const { reason, until, at, by } = event
    return [{ reason, ...(by !== undefined && { by }), at: isoIn(at, zone), until }]
  })
}

function remarkOf({ at, by }: Pick<RemarkEvent, 'at' | 'by'>, text: string, zone: string): Remark {
  return { text, ...(by !== undefined && { by }), at: isoIn(at, zone) }
}

import type { Decision } from '@tabiji/core/problem'
import {
  decideAnswer,
  decideAsk,
  decideComment,
  decideException,
  decideHeadline,
  everyAsk,
  type RemarkContext,
  type RemarkEvent,
} from '@tabiji/core/report'
import type { ReportStore, Reports } from '../../ports/reports.ts'
import type { Result } from '../../ports/work.ts'

type Desk = {
  readonly store: ReportStore
  readonly zone: () => string
  /** Names of the journeys of the file in force. */
  readonly journeys: () => readonly string[]
  /** Milliseconds. */
  readonly now: () => number
}

type Remarks = Pick<Reports, 'asks' | 'comment' | 'headline' | 'ask' | 'answer' | 'except'>

/** Decides what people say for reports, and keeps it. */
export function createRemarks({ store, zone, journeys, now }: Desk): Remarks {
  /** What is decided reads what was said before, so both are one transaction. */
  const say = (
    by: string | undefined,
    decide: (context: RemarkContext) => Decision<RemarkEvent>,
  ): Result<RemarkEvent> =>
    store.remark((events, append) => {
      const scribe = { now: now(), ...(by !== undefined && { by }) }
      const decision = decide({ ...scribe, zone: zone(), journeys: journeys(), events })
      if (!decision.ok) return decision
      const [event] = decision.events
      if (event === undefined) throw new Error('Expected a decision to say something, got no event')
      append(event)
      return { ok: true, value: event }
    })
  const askOf = (said: Result<RemarkEvent>): ReturnType<Reports['ask']> => {
    if (!said.ok) return said
    const { value: event } = said
    const found = everyAsk(store.remarks(), zone()).find((ask) => 'key' in event && ask.key === event.key)
    if (found === undefined) throw new Error(`Expected to find what was asked, got nothing of ${event.kind}`)
    return { ok: true, value: found }
  }
  const issuedOf = (month: string) => {
    const revision = store.revisions(month).at(-1)?.revision
    return revision === undefined ? {} : { issued: revision }
  }
  return {
    asks: () => ({ asks: everyAsk(store.remarks(), zone()).toReversed() }),
    comment: (said, by) => {
      const { month, journey } = said
      const kept = say(by, (context) => decideComment(said, context))
      return kept.ok ? { ok: true, value: { month, journey, ...issuedOf(month) } } : kept
    },
    headline: (said, by) => {
      const kept = say(by, (context) => decideHeadline(said, context))
      return kept.ok ? { ok: true, value: { month: said.month, ...issuedOf(said.month) } } : kept
    },
    ask: (asked, by) => askOf(say(by, (context) => decideAsk(asked, context))),
    answer: (answer, by) => askOf(say(by, (context) => decideAnswer(answer, context))),
    except: (said, by) => {
      const kept = say(by, (context) => decideException(said, context))
      return kept.ok ? { ok: true, value: { journey: said.journey } } : kept
    },
  }
}

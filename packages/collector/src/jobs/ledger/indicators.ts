import type { DeltaPoint, DeltaReading } from '@tabiji/core/ledger'
import type { Interval, Question } from '@tabiji/core/openslo'
import type { AskFailure, QueryEngine } from '../../ports/engine.ts'
import { type CounterState, emptyCounters, readCounters } from './indicator-counters.ts'
import { type Answered, readEvaluated } from './indicator-values.ts'
import type { Ingest } from './ingest.ts'
import type { Ledger } from './ledger.ts'

/** The service under which answers of engines are booked: not the engine's name, so that books outlive the engine. */
export const OPENSLO_SERVICE = 'openslo'

export type IndicatorRules = {
  readonly questions: readonly Question[]
  /** Each interval is asked about once. */
  readonly intervalMs: number
  /** How long samples take to be there. */
  readonly delayMs: number
}

/** What came of asking one question. */
export type Asked = {
  readonly name: string
  readonly result:
    | { readonly ok: true }
    | { readonly ok: false; readonly failure: AskFailure; readonly message: string }
  readonly booked: boolean
}

export type Indicators = {
  /** Asks every question about the intervals that are over and books the answers. Never rejects. */
  turn(signal: AbortSignal): Promise<void>
}

/** Intervals of one turn: what was missed during an outage is asked for piece by piece. */
const MOST_INTERVALS = 60

/** What ended longer ago is booked as one interval: additions may come this late, see `core/ledger/delta.ts`. */
const LATEST_MS = 5.5 * 3_600_000

/** Questions asked at a time: an engine serves people as well. */
const AT_ONCE = 4

/** Asks an engine for indicators and books what it says, each interval once: where to go on is the ledger's position. */
export function createIndicators(
  { questions, intervalMs, delayMs }: IndicatorRules,
  engine: QueryEngine,
  ledger: Pick<Ledger, 'positionOf' | 'birth' | 'grid'>,
  ingest: Pick<Ingest, 'submit'>,
  now: () => number,
  onAsked: (asked: Asked) => void,
): Indicators {
  const states = new Map<Question, State>()
  // Slots count as read one by one. A stretch that is longer than an interval is one of which nothing more is known.
  const slotMs = ledger.grid[0].width * 1000
  const cut = (whole: Interval) => (whole.to - whole.from > intervalMs ? [whole] : cutAtSlots(whole, slotMs))
  // Samples have times of their own, so what is new of a stretch is known slot by slot, however long ago the last sample was.
  const pieces = ({ from, to }: Interval) => {
    const late = Math.max(from, to - intervalMs)
    return [...(late > from ? [{ from, to: late }] : []), ...cutAtSlots({ from: late, to }, slotMs)]
  }
  const begun = Math.max(now(), ledger.birth)
  const stateOf = (question: Question): State => {
    const known = states.get(question) ?? { counters: emptyCounters(), tried: 0 }
    states.set(question, known)
    return known
  }
  const askOne = async (question: Question, signal: AbortSignal): Promise<void> => {
    const state = stateOf(question)
    const name = `openslo ${question.journey}/${question.step}`
    const id = speakerOf(question)
    const { ask } = question
    const position = bookedUntil(ledger.positionOf(id)?.readAt)
    const first = ask.kind === 'counters' ? begun : Math.ceil(begun / intervalMs) * intervalMs
    const intervals = intervalsAfter(position ?? first, state.tried, now(), { intervalMs, delayMs })
    const last = intervals.at(-1)
    if (last === undefined) return
    const answered = await (ask.kind === 'counters'
      ? readCounters(ask, intervals.flatMap(pieces), state.counters, engine, signal)
      : readEvaluated(ask, intervals, intervalMs, engine, signal))
    if (signal.aborted) return
    const booked = answered.ok && (await book(ingest, readingOf(question, answered.amounts, cut)))
    // What is known of counters must agree with what is booked: otherwise it is read again from where the books are.
    if (answered.ok && !booked) state.counters = emptyCounters()
    // An interval in which there was nothing is not asked about for ever.
    if (booked || (!answered.ok && answered.failure === 'no_data')) state.tried = last.to
    onAsked({ name, result: answered, booked })
  }
  return {
    turn: async (signal) => {
      const waiting = [...questions]
      const worker = async () => {
        for (let next = waiting.shift(); next !== undefined && !signal.aborted; next = waiting.shift()) {
          await askOne(next, signal)
        }
      }
      await Promise.all(Array.from({ length: AT_ONCE }, worker))
    },
  }
}

/** `tried`: the end of the last interval that the engine answered about, milliseconds. */
type State = { counters: CounterState; tried: number }

function speakerOf({ journey, step }: Question): string {
  return `${OPENSLO_SERVICE} ${journey}/${step}`
}

/** The intervals after a time that are over by now, as many as are asked about in one turn. */
function intervalsAfter(
  from: number,
  tried: number,
  now: number,
  { intervalMs, delayMs }: Omit<IndicatorRules, 'questions'>,
): readonly Interval[] {
  const until = now - delayMs
  const intervals: Interval[] = []
  const early = Math.max(from, tried, now - LATEST_MS)
  let start = from
  for (let end = (Math.floor(early / intervalMs) + 1) * intervalMs; end <= until; end += intervalMs) {
    intervals.push({ from: start, to: end })
    start = end
    if (intervals.length === MOST_INTERVALS) break
  }
  return intervals
}

/** An instant at the edge of a slot is the next slot's, so what an interval came to is told of the instant before its end. */
const INSTANT_MS = 1

/** The end of the last interval that is booked, milliseconds; intervals end at whole seconds. */
function bookedUntil(readAt: number | undefined): number | undefined {
  return readAt === undefined ? undefined : Math.ceil(readAt / 1000) * 1000
}

/** What was counted stands at the end of its stretch, and all of the stretch was read. */
function readingOf(
  question: Question,
  amounts: Extract<Answered, { ok: true }>['amounts'],
  cut: (whole: Interval) => readonly Interval[],
): DeltaReading {
  const { journey, step } = question
  const points = amounts.flatMap((amount) =>
    cut(amount).flatMap(({ from, to }): DeltaPoint[] => {
      const common = { journey, step, role: 'own', from: nanoseconds(from), to: nanoseconds(to - INSTANT_MS) } as const
      const { good, bad } = to === amount.to ? amount : { good: 0, bad: 0 }
      return [
        { ...common, outcome: 'good', count: good },
        { ...common, outcome: 'error', count: bad },
      ]
    }),
  )
  return { speaker: { id: speakerOf(question), identified: true, service: OPENSLO_SERVICE }, points }
}

function cutAtSlots({ from, to }: Interval, slotMs: number): readonly Interval[] {
  const pieces: Interval[] = []
  let start = from
  for (let end = (Math.floor(from / slotMs) + 1) * slotMs; end < to; end += slotMs) {
    pieces.push({ from: start, to: end })
    start = end
  }
  return [...pieces, { from: start, to }]
}

function nanoseconds(ms: number): bigint {
  return BigInt(Math.round(ms)) * 1_000_000n
}

async function book(ingest: Pick<Ingest, 'submit'>, reading: DeltaReading): Promise<boolean> {
  try {
    if (reading.points.length > 0) await ingest.submit(reading)
    return true
  } catch {
    return false
  }
}

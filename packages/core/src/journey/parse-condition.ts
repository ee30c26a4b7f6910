import { DAY } from '../time/index.ts'
import { type Condition, type Limit, lookBackOf, SUBJECTS, type Subject } from './condition.ts'
import { parsePercent, parseWholeSeconds } from './notation.ts'

/** Where a condition stops making sense, what may stand there, and the words that it may be a misspelling of. */
export type Fault = {
  /** Characters before the fault. */
  readonly at: number
  readonly what: string
  readonly got: string
  readonly known: readonly string[]
}

type Word = { readonly text: string; readonly at: number }
type Times = { readonly windowMs?: number; readonly forMs?: number }

/** Whoever looks back further wants an objective. */
const LONGEST = 31 * DAY
const A_TIME = 'a time of whole seconds up to 31d such as `30s`, `5m` or `1h`'
const FIRST = [...SUBJECTS, 'no', 'target']

/**
 * Reads a condition:
 *
 * ```
 * errors|slow|excluded|events > COUNT  [in TIME] [for TIME]     at least one of the two
 * errors|slow|excluded > PERCENT %     [in TIME] [for TIME]
 * events < COUNT                       [in TIME] [for TIME]
 * no events for TIME
 * target absent for TIME
 * ```
 */
export function parseCondition(text: string): Condition | Fault {
  const words = [...text.matchAll(/[<>=]+|%|[^\s<>=%]+/g)].map((match) => ({ text: match[0], at: match.index }))
  const wordAt = (i: number): Word => words[i] ?? { text: '', at: text.trimEnd().length }
  const [first, second] = [wordAt(0), wordAt(1)]
  if (first.text === 'no') return second.text === 'events' ? parseQuiet(wordAt) : fault(second, '`events`', ['events'])
  if (first.text === 'target') {
    return second.text === 'absent' ? parseAbsent(wordAt) : fault(second, '`absent`', ['absent'])
  }
  const subject = SUBJECTS.find((known) => known === first.text)
  return subject === undefined ? fault(first, oneOf(FIRST), FIRST) : parseCompared(subject, wordAt)
}

type WordAt = (i: number) => Word

function parseQuiet(wordAt: WordAt): Condition | Fault {
  const windowMs = lastTime(wordAt)
  if (typeof windowMs !== 'number') return windowMs
  return { kind: 'below', subject: 'events', limit: { count: 1 }, windowMs }
}

function parseAbsent(wordAt: WordAt): Condition | Fault {
  const forMs = lastTime(wordAt)
  return typeof forMs === 'number' ? { kind: 'absent', forMs } : forMs
}

/** `for TIME` as the third and fourth word, and nothing after it. */
function lastTime(wordAt: WordAt): number | Fault {
  if (wordAt(2).text !== 'for') return fault(wordAt(2), '`for`', ['for'])
  const ms = timeOf(wordAt(3))
  if (ms === undefined) return fault(wordAt(3), A_TIME)
  return wordAt(4).text === '' ? ms : fault(wordAt(4), 'nothing more')
}

function parseCompared(subject: Subject, wordAt: WordAt): Condition | Fault {
  const comparison = wordAt(1)
  if (comparison.text === '<' && subject !== 'events') return fault(comparison, '`>` (only `events` may be too few)')
  if (comparison.text !== '>' && comparison.text !== '<') {
    return fault(comparison, subject === 'events' ? '`>` or `<`' : '`>`')
  }
  const isShare = wordAt(3).text === '%'
  if (isShare && subject === 'events') return fault(wordAt(3), '`in` or `for` (`events` are all events, not a share)')
  const limit = isShare ? shareOf(wordAt(2)) : countOf(wordAt(2))
  if (limit === undefined) return fault(wordAt(2), isShare ? A_SHARE : A_COUNT)
  const times = parseTimes(wordAt, isShare ? 4 : 3)
  if ('at' in times) return times
  const { windowMs, forMs } = times
  return {
    kind: comparison.text === '>' ? 'above' : 'below',
    subject,
    limit,
    windowMs: windowMs ?? lookBackOf(forMs ?? 0),
    ...(forMs !== undefined && { forMs }),
  }
}

const A_SHARE = 'a percentage with at most 4 decimals, such as 2.5'
const A_COUNT = 'a whole number, or a percentage such as `2.5 %`'

function countOf({ text }: Word): Limit | undefined {
  return /^\d{1,15}$/.test(text) ? { count: Number(text) } : undefined
}

function shareOf({ text }: Word): Limit | undefined {
  const ppm = /^\d+(?:\.\d+)?$/.test(text) ? parsePercent(Number(text)) : undefined
  return ppm === undefined ? undefined : { ppm }
}

/** `in TIME`, `for TIME`, or both in this order, and nothing after them. */
function parseTimes(wordAt: WordAt, from: number): Times | Fault {
  const first = wordAt(from)
  if (first.text !== 'in' && first.text !== 'for') return fault(first, '`in` or `for`', ['in', 'for'])
  const ms = timeOf(wordAt(from + 1))
  if (ms === undefined) return fault(wordAt(from + 1), A_TIME)
  const next = wordAt(from + 2)
  if (next.text === '') return first.text === 'in' ? { windowMs: ms } : { forMs: ms }
  if (first.text === 'for') return fault(next, 'nothing more (`in` stands before `for`)')
  if (next.text !== 'for') return fault(next, '`for`, or nothing more', ['for'])
  const forMs = timeOf(wordAt(from + 3))
  if (forMs === undefined) return fault(wordAt(from + 3), A_TIME)
  const more = wordAt(from + 4)
  return more.text === '' ? { windowMs: ms, forMs } : fault(more, 'nothing more')
}

function timeOf({ text }: Word): number | undefined {
  const ms = parseWholeSeconds(text)
  return ms !== undefined && ms <= LONGEST ? ms : undefined
}

function fault({ text, at }: Word, what: string, known: readonly string[] = []): Fault {
  return { at, what, got: text, known }
}

function oneOf(words: readonly string[]): string {
  return `one of ${words.map((word) => `\`${word}\``).join(', ')}`
}

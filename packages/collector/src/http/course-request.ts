import { type Checked, nearestOf, type Problem, problem } from '@tabiji/core/problem'
import {
  DAY,
  dayRange,
  formatDuration,
  HOUR,
  isDate,
  parseDuration,
  parseInstant,
  type Range,
  SECOND,
} from '@tabiji/core/time'
import type { Request } from 'express'
import { z } from 'zod'
import type { CourseAnswer, CourseQuery } from '../ports/courses.ts'
import { readRequest } from './request.ts'

const METRICS = ['burn', 'bad', 'traffic', 'latency'] as const
export type Metric = (typeof METRICS)[number]

/** What may be said in the query of a series. */
const SAID = z.strictObject({
  o: z.string().max(200).exactOptional(),
  metric: z.literal(METRICS).default('burn'),
  from: z.string().max(40).exactOptional(),
  to: z.string().max(40).exactOptional(),
  step: z.string().max(20).default('auto'),
  format: z.enum(['json', 'csv']).exactOptional(),
})

export type CourseAsk = {
  readonly metric: Metric
  readonly format?: 'json' | 'csv'
  /** Absent: the journey's only one. */
  readonly objective?: string
} & Omit<CourseQuery, 'journey' | 'objective' | 'windowsMs'>

/** Nothing is kept for longer. */
const LONGEST_MS = 500 * DAY
const USUAL_MS = 6 * HOUR

/** Reads the query; everything that is wrong with it at once. @param now milliseconds; @param zone of times without an offset */
export function readCourseAsk(query: unknown, now: number, zone: string): Checked<CourseAsk> {
  const read = readRequest(query, SAID)
  if (!read.ok) return read
  const { o, metric, format, step, ...said } = read.value
  const stepMs = step === 'auto' ? undefined : parseDuration(step)
  const to = said.to === undefined ? now : timeIn(said.to, now, zone, 'to')
  const from = said.from === undefined ? (to ?? now) - USUAL_MS : timeIn(said.from, now, zone, 'from')
  const problems: Problem[] = []
  const times = `a date, HH:MM today, or ISO 8601; read in ${zone} unless it ends in an offset`
  if (from === undefined) problems.push(wrong('from', `Expected \`from\` to be a time, got "${said.from}"`, times))
  if (to === undefined) problems.push(wrong('to', `Expected \`to\` to be a time, got "${said.to}"`, times))
  if (from !== undefined && to !== undefined && from >= to) {
    problems.push(wrong('from', 'Expected `from` to be before `to`'))
  } else if (from !== undefined && to !== undefined && to - from > LONGEST_MS) {
    problems.push(wrong('from', `Expected at most ${formatDuration(LONGEST_MS)} from \`from\` to \`to\``))
  }
  if (step !== 'auto' && (stepMs === undefined || stepMs < SECOND)) {
    problems.push(wrong('step', `Expected \`step\` to be auto or a duration such as 5m, got "${step}"`))
  }
  if (problems.length > 0 || from === undefined || to === undefined) return { ok: false, problems }
  return {
    ok: true,
    value: {
      metric,
      from,
      to,
      ...(o !== undefined && { objective: o }),
      ...(format !== undefined && { format }),
      ...(stepMs !== undefined && { stepMs }),
    },
  }
}

/** A date is its beginning or its end, whichever takes the whole day in. */
function timeIn(text: string, now: number, zone: string, end: 'from' | 'to'): number | undefined {
  return isDate(text.trim()) ? dayRange(text.trim(), zone)[end] : parseInstant(text, now, zone)
}

/** The stretch that an address states; nothing where it states none, or none that can be shown. */
export function readTimes(query: Request['query'], now: number, zone: string): Range | undefined {
  const { from, to } = query
  if (typeof from !== 'string' || typeof to !== 'string') return undefined
  const read = readCourseAsk({ from, to }, now, zone)
  return read.ok ? { from: read.value.from, to: read.value.to } : undefined
}

/** Why there is no course, and what there is. */
export function courseProblem(
  refused: Extract<CourseAnswer, { ok: false }>,
  { journey, objective }: Pick<CourseQuery, 'journey' | 'objective'>,
): Problem {
  if (refused.why === 'step') {
    const least = formatDuration(refused.leastMs)
    const message = `Expected \`step\` to be whole slots of that time and to give at most 720 points: ${least} at least`
    return wrong('step', message, `step=${least}, or step=auto`)
  }
  const { why, known } = refused
  const asked = why === 'journey' ? journey : objective
  const near = nearestOf(asked, known)
  const hint = near === undefined ? `known: ${known.slice(0, 20).join(', ')}` : `did you mean ${near}?`
  const message = why === 'journey' ? `There is no journey ${journey}` : `${journey} has no objective "${objective}"`
  return problem('COURSE_UNKNOWN', [why === 'journey' ? 'name' : 'o'], message, { hint })
}

function wrong(key: string, message: string, hint?: string): Problem {
  return problem('COURSE_QUERY', [key], message, hint === undefined ? {} : { hint })
}

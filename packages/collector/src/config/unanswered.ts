import { entriesOf, expected, itemsOf, type Path, type Problem, unknownName } from '@tabiji/core/problem'
import { DAY, formatDuration, HOUR, MINUTE, parseDuration, SECOND } from '@tabiji/core/time'
import { z } from 'zod'
import type { Unanswered } from './config.ts'
import { between, read } from './schema-parts.ts'

const wait = read(between(SECOND, DAY), 'a duration from `1s` to `24h`, such as `15m`')
const hold = read(between(5 * MINUTE, 7 * DAY), 'a duration from `5m` to `7d`, such as `60m`')
const receiver = z.string().min(1, { error: 'the name of a receiver, or `fallback`' })

/** How long an alert is taken, and what happens to a page that nobody takes. */
export const unansweredSchema = {
  acknowledge: z.strictObject({ page: hold.exactOptional(), ticket: hold.exactOptional() }).exactOptional(),
  escalation: z
    .array(
      z.strictObject({
        after: wait,
        to: z.union([receiver, z.array(receiver).min(1).max(20)], { error: 'a receiver, or a list of 1 to 20' }),
      }),
    )
    .max(10, { error: 'a list of at most 10 steps' })
    .exactOptional(),
  reminders: z
    .strictObject({
      every: wait.exactOptional(),
      atMost: z.int({ error: 'a whole number' }).min(0).max(48, { error: 'at most 48' }).exactOptional(),
      ticketAfter: z.int({ error: 'a whole number of business days' }).min(1).max(30).exactOptional(),
    })
    .exactOptional(),
}

type Stated = { readonly [Key in keyof typeof unansweredSchema]?: z.output<(typeof unansweredSchema)[Key]> }

/** The name that stands for the receiver of `fallback`, unless one is called so itself. */
const FALLBACK = 'fallback'

const DEFAULT = { pageMs: HOUR, afterMs: 5 * MINUTE, everyMs: 30 * MINUTE, atMost: 4, ticketDays: 3 } as const

/** What is stated, and what is usual where nothing is. Whether names exist is told by {@link escalationProblems}. */
export function resolveUnanswered(stated: Stated, fallback: string | undefined, names: readonly string[]): Unanswered {
  const { acknowledge = {}, escalation, reminders = {} } = stated
  const meant = (name: string) => (name === FALLBACK && !names.includes(FALLBACK) ? (fallback ?? name) : name)
  const usual = fallback === undefined ? [] : [{ afterMs: DEFAULT.afterMs, to: [fallback] }]
  return {
    acknowledge: {
      pageMs: acknowledge.page ?? DEFAULT.pageMs,
      ...(acknowledge.ticket !== undefined && { ticketMs: acknowledge.ticket }),
    },
    escalation:
      escalation?.map(({ after, to }) => ({ afterMs: after, to: [...new Set([to].flat().map(meant))] })) ?? usual,
    reminders: { everyMs: reminders.every ?? DEFAULT.everyMs, atMost: reminders.atMost ?? DEFAULT.atMost },
    ticketAfterDays: reminders.ticketAfter ?? DEFAULT.ticketDays,
  }
}

/** What is wrong with where unanswered pages go: names of nobody, and steps that do not follow each other. */
export function escalationProblems(document: unknown): readonly Problem[] {
  const root = entriesOf(document)
  const names = itemsOf(root.get('receivers')).map((value) => String(entriesOf(value).get('name')))
  const known = root.get('fallback') === undefined ? names : [...names, FALLBACK]
  const unknown = (name: unknown, path: Path) =>
    typeof name !== 'string' || known.includes(name)
      ? []
      : [unknownName('CONFIG_UNKNOWN_RECEIVER', path, 'the name of a receiver', name, known)]
  const steps = itemsOf(root.get('escalation')).map((value) => entriesOf(value))
  return steps.flatMap((step, i) => {
    const path = ['escalation', i, 'to']
    const to = step.get('to')
    const named = Array.isArray(to) ? to.flatMap((name, n) => unknown(name, [...path, n])) : unknown(to, path)
    return [...named, ...orderProblems(steps[i - 1]?.get('after'), step.get('after'), i)]
  })
}

function orderProblems(before: unknown, after: unknown, step: number): readonly Problem[] {
  const [earlier, later] = [before, after].map((text) => (typeof text === 'string' ? parseDuration(text) : undefined))
  if (earlier === undefined || later === undefined || later > earlier) return []
  const what = `a longer time than the step before (${formatDuration(earlier)})`
  return [expected('CONFIG_ESCALATION', ['escalation', step, 'after'], what, formatDuration(later))]
}

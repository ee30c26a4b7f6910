import {
  DEFAULT_INHIBITIONS,
  decideMaintenance,
  type Inhibition,
  LABELS,
  type Maintenance,
  parseMatcher,
} from '@tabiji/core/alert'
import type { Definition } from '@tabiji/core/journey'
import type { Problem } from '@tabiji/core/problem'
import { z } from 'zod'
import type { StatedMaintenance } from './config.ts'
import { name, text } from './schema-parts.ts'

const matcher = z.string({ error: 'a matcher such as `level=1`' }).transform((given, context) => {
  const read = parseMatcher(given)
  if ('label' in read) return read
  context.issues.push({ code: 'custom', input: given, message: `a matcher: ${read.mistake}` })
  return z.NEVER
})
const matchers = z.array(matcher).min(1, { error: 'a list with at least one matcher' }).max(10)

export const inhibitSchema = z
  .array(
    z.strictObject({
      source: matchers,
      target: matchers,
      equal: z
        .array(z.literal(LABELS, { error: `a label: ${LABELS.join(', ')}` }))
        .max(LABELS.length)
        .exactOptional(),
    }),
  )
  .max(100, { error: 'a list of at most 100 rules' })

const dated = text.regex(/^\d{4}-\d{2}-\d{2}/, { error: 'a time with its date, such as `2026-11-01 03:00`' })

export const maintenanceSchema = z
  .array(
    z.strictObject({
      name,
      journeys: z.array(name).max(100).exactOptional(),
      from: dated,
      to: dated,
      rrule: text.exactOptional(),
      reason: text,
    }),
  )
  .max(100, { error: 'a list of at most 100 stretches' })

/** What stands in the configuration takes the place of the rule that everybody has. */
export function resolveInhibitions(stated: z.output<typeof inhibitSchema> | undefined): readonly Inhibition[] {
  return stated?.map(({ equal = [], ...rest }) => ({ ...rest, equal })) ?? DEFAULT_INHIBITIONS
}

/** The maintenance that a configuration states, on the clocks of the journeys file. What is wrong with it is left out. */
export function statedMaintenance(
  stated: readonly StatedMaintenance[],
  definition: Definition,
): readonly Maintenance[] {
  return stated.flatMap((each) => {
    const decision = read(each, definition)
    return decision.ok ? decision.events.map((event) => ({ ...event, key: each.name })) : []
  })
}

/** What is wrong with stated maintenance in the light of the journeys file; paths lead into the configuration. */
export function maintenanceProblems(stated: readonly StatedMaintenance[], definition: Definition): readonly Problem[] {
  return stated.flatMap((each, i) => {
    const decision = read(each, definition)
    return decision.ok
      ? []
      : decision.problems.map((problem) => ({ ...problem, path: ['maintenance', i, ...problem.path] }))
  })
}

function read({ name: _, ...request }: StatedMaintenance, { timeZone: zone, journeys }: Definition) {
  return decideMaintenance(request, { now: 0, zone, journeys: journeys.map((journey) => journey.name) })
}

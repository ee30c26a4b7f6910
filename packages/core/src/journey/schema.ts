import { z } from 'zod'
import { isTimeZone, parseDuration } from '../time/index.ts'
import { CLOCKS } from './definition.ts'
import {
  METHODS,
  NAME,
  parseFactor,
  parsePercent,
  parseRoute,
  parseShare,
  parseWholeSeconds,
  parseWindow,
} from './notation.ts'
import { CONFIDENCES } from './workbook.ts'

/** A window is cut from 15 months of kept slots; beyond this it would look back further than the ledger does. */
const LONGEST_WINDOW = '400d'
const LONGEST_WINDOW_MS = 400 * 86_400_000

const NAME_FORM = 'a name of at most 63 small letters, digits and hyphens that begins with a letter'
const name = z.string().regex(NAME, { error: NAME_FORM })
const text = z
  .string({ error: 'a text' })
  .trim()
  .min(1, { error: 'a text' })
  .max(200, { error: 'at most 200 characters' })

/** A text that a function reads; what it reads becomes the value. */
function read<T>(parse: (text: string) => T | undefined, what: string) {
  return z.string({ error: what }).transform((given, context): T => {
    const value = parse(given)
    if (value !== undefined) return value
    context.issues.push({ code: 'custom', input: given, message: what })
    return z.NEVER
  })
}

function readNumber(parse: (given: number) => number | undefined, what: string) {
  return z.number({ error: what }).transform((given, context): number => {
    const value = parse(given)
    if (value !== undefined) return value
    context.issues.push({ code: 'custom', input: given, message: what })
    return z.NEVER
  })
}

const duration = read(parseDuration, 'a duration such as `300ms`, `1.5s` or `20s`')
const seconds = read(parseWholeSeconds, 'a duration of whole seconds such as `30s`, `5m` or `1h`')
const level = z.literal([1, 2, 3])
const url = z
  .url({ protocol: /^https?$/, error: 'an address that begins with http:// or https://' })
  .max(2000, { error: 'at most 2000 characters' })

const window = read((given) => {
  const parsed = parseWindow(given)
  return parsed?.kind === 'rolling' && parsed.ms > LONGEST_WINDOW_MS ? undefined : parsed
}, `\`month\`, or a length of whole seconds up to ${LONGEST_WINDOW} such as \`30d\``)

const target = readNumber((given) => {
  const ppm = parsePercent(given)
  return ppm !== undefined && ppm > 0 && ppm <= 1_000_000 ? ppm : undefined
}, 'a percentage above 0 and below 100 with at most 4 decimals, such as 99.5').refine((ppm) => ppm < 1_000_000, {
  error: 'below 100 (a promise of 100 % leaves no budget to divide by)',
})

const pair = z
  .strictObject({
    level,
    long: seconds,
    short: seconds,
    factor: readNumber(parseFactor, 'a factor above 0 with at most 3 decimals, such as 14.4').exactOptional(),
    spends: read(parseShare, 'a share of the budget above 0 % and up to 100 %, such as `10%`').exactOptional(),
  })
  .refine(({ factor, spends }) => (factor === undefined) !== (spends === undefined), {
    error: 'a pair with one of `factor` and `spends`',
  })
  .refine(({ long, short }) => short < long, { error: 'a pair whose `short` is shorter than its `long`' })

/** When it rings. Whatever is not stated is taken from the policy around it: objective, journey, file, workbook. */
export const policySchema = z.strictObject({
  pairs: z.array(pair).min(1, { error: 'a list with at least one pair' }).readonly().exactOptional(),
  milestones: z
    .array(z.int().min(1).max(1000))
    .max(20, { error: 'a list of at most 20 percentages' })
    .refine((list) => list.every((percent, i) => i === 0 || percent > (list[i - 1] ?? 0)), {
      error: 'a list of ascending percentages',
    })
    .readonly()
    .exactOptional(),
  guard: z
    .strictObject({
      badEvents: z.int().min(1).max(1_000_000).exactOptional(),
      confidence: z.literal(CONFIDENCES).exactOptional(),
    })
    .exactOptional(),
  keep: seconds.exactOptional(),
})

const objectiveObject = z.strictObject({
  target,
  window: window.exactOptional(),
  policy: policySchema.exactOptional(),
})

/** A bare number is the target. */
export const objectiveSchema = z.union(
  [target.transform((only): z.output<typeof objectiveObject> => ({ target: only })), objectiveObject],
  { error: 'a percentage such as 99.5, or an object with a `target`' },
)

const ROUTE_FORM = `a method (${METHODS.join(', ')}) and a path, such as \`GET /v1/scans/:id\``
const route = read(parseRoute, ROUTE_FORM)
const statuses = z
  .array(z.int().min(100).max(599))
  .max(100, { error: 'a list of at most 100 statuses' })
  .readonly()
  .exactOptional()

export const stepSchema = z.strictObject({
  http: z
    .union(
      [route.transform((one) => [one]), z.array(route).min(1, { error: 'a list with at least one route' }).readonly()],
      {
        error: `${ROUTE_FORM}, or a list of these`,
      },
    )
    .exactOptional(),
  job: z.literal(true).exactOptional(),
  within: z.string({ error: 'the name of a class, or a duration such as `2s`' }),
  from: z.literal(CLOCKS).exactOptional(),
  good: statuses,
  bad: statuses,
  excluded: statuses,
})

const titleSchema = z
  .strictObject({ en: text.exactOptional(), ja: text.exactOptional() })
  .refine(({ en, ja }) => en !== undefined || ja !== undefined, { error: 'an object with `en` and `ja`' })

/** Everything of a journey but its objectives and steps. */
export const journeyFields = {
  title: titleSchema.exactOptional(),
  owner: text.exactOptional(),
  runbook: url.exactOptional(),
  tier: z.literal([1, 2, 3]).exactOptional(),
  window: window.exactOptional(),
  policy: policySchema.exactOptional(),
}

const MOST_STEPS = 50

const journeySchema = z.strictObject({
  ...journeyFields,
  objectives: z.record(z.string(), objectiveSchema).exactOptional(),
  steps: z
    .record(name, stepSchema)
    .refine((steps) => Object.keys(steps).length > 0, { error: 'an object with at least one step' })
    .refine((steps) => Object.keys(steps).length <= MOST_STEPS, {
      error: `an object with at most ${MOST_STEPS} steps`,
    }),
})

export const classesSchema = z.record(name, duration)

const timeZoneSchema = z
  .string({ error: 'an IANA time zone such as `Asia/Tokyo`' })
  .refine(isTimeZone, { error: 'an IANA time zone such as `Asia/Tokyo`' })

/** The journeys file. */
export const documentSchema = z.strictObject({
  timeZone: timeZoneSchema,
  classes: classesSchema.exactOptional(),
  policy: policySchema.exactOptional(),
  journeys: z
    .record(name, journeySchema)
    .refine((journeys) => Object.keys(journeys).length > 0, { error: 'an object with at least one journey' }),
})

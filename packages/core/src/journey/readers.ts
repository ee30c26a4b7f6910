import {
  as,
  formOf,
  list,
  numberBy,
  object,
  oneOf,
  optional,
  type Read,
  record,
  such,
  textBy,
  whole,
} from '../problem/index.ts'
import { isDate, isTimeZone, parseDuration, parsePeriodLength } from '../time/index.ts'
import { BUDGETING_METHODS, CLOCKS, NO_DATA, type Stale, type Window } from './definition.ts'
import {
  isWebAddress,
  METHODS,
  NAME,
  parseFactor,
  parsePercent,
  parseRoute,
  parseShare,
  parseWholeSeconds,
} from './notation.ts'
import { calendarWindow, parseWindow } from './window.ts'
import { CONFIDENCES } from './workbook.ts'

/** A window is cut from 15 months of kept slots; beyond this it would look back further than the ledger does. */
const LONGEST_WINDOW = '400d'
const LONGEST_WINDOW_MS = 400 * 86_400_000

const name = { form: NAME, what: 'a name of at most 63 small letters, digits and hyphens that begins with a letter' }
const line = such(
  textBy((given) => given.trim(), 'a text'),
  (given) => given !== '',
  'a text',
)
const text = such(line, (given) => given.length <= 200, 'at most 200 characters')

const seconds = textBy(parseWholeSeconds, 'a duration of whole seconds such as `30s`, `5m` or `1h`')
const level = oneOf([1, 2, 3])
const url = such(
  textBy(
    (given) => (isWebAddress(given.trim()) ? given.trim() : undefined),
    'an address that begins with http:// or https://',
  ),
  (given) => given.length <= 2000,
  'at most 2000 characters',
)

const WINDOW_FORM = `\`month\`, or a length of whole seconds up to ${LONGEST_WINDOW} such as \`30d\``
const plainWindow = textBy((given) => {
  const parsed = parseWindow(given)
  return parsed?.kind === 'rolling' && parsed.ms > LONGEST_WINDOW_MS ? undefined : parsed
}, WINDOW_FORM)
const period = object({
  calendar: textBy(
    parsePeriodLength,
    'days, weeks, months, quarters or years, a year at most: `1w`, `2w`, `1M`, `1Q`, `1Y`',
  ),
  from: textBy((given) => (isDate(given) ? given : undefined), 'the date of a first day, such as `2026-01-05`'),
})
const window = formOf<Window>(
  { text: plainWindow, object: as(period, ({ calendar, from }) => calendarWindow({ ...calendar, from })) },
  `${WINDOW_FORM}, or \`{ calendar: 1w, from: 2026-01-05 }\``,
)

const percentage = numberBy((given) => {
  const ppm = parsePercent(given)
  return ppm !== undefined && ppm > 0 && ppm <= 1_000_000 ? ppm : undefined
}, 'a percentage above 0 and below 100 with at most 4 decimals, such as 99.5')
const target = such(
  percentage,
  (ppm) => ppm < 1_000_000,
  'below 100 (a promise of 100 % leaves no budget to divide by)',
)

const speeds = object({
  level,
  long: seconds,
  short: seconds,
  factor: optional(numberBy(parseFactor, 'a factor above 0 with at most 3 decimals, such as 14.4')),
  spends: optional(textBy(parseShare, 'a share of the budget above 0 % and up to 100 %, such as `10%`')),
})
const pair = such(
  such(
    speeds,
    ({ factor, spends }) => (factor === undefined) !== (spends === undefined),
    'a pair with one of `factor` and `spends`',
  ),
  ({ long, short }) => short < long,
  'a pair whose `short` is shorter than its `long`',
)

const percentages = such(list(whole(1, 1000)), ({ length }) => length <= 20, 'a list of at most 20 percentages')

/** When it rings. Whatever is not stated is taken from the policy around it: objective, journey, file, workbook. */
export const policyReader = object({
  pairs: optional(such(list(pair), ({ length }) => length > 0, 'a list with at least one pair')),
  milestones: optional(
    such(
      percentages,
      (ascending) => ascending.every((percent, i) => i === 0 || percent > (ascending[i - 1] ?? 0)),
      'a list of ascending percentages',
    ),
  ),
  guard: optional(object({ badEvents: optional(whole(1, 1_000_000)), confidence: optional(oneOf(CONFIDENCES)) })),
  keep: optional(seconds),
})

const statedObjective = object({
  of: optional(oneOf(['own', 'probe'])),
  target,
  window: optional(window),
  budgeting: optional(oneOf(BUDGETING_METHODS)),
  slice: optional(seconds),
  sliceTarget: optional(percentage),
  onNoData: optional(oneOf(NO_DATA)),
  policy: optional(policyReader),
})

/** A bare number is the target. */
export const objectiveReader = formOf<Read<typeof statedObjective>>(
  { number: as(target, (only) => ({ target: only })), object: statedObjective },
  'a percentage such as 99.5, or an object with a `target`',
)

const alertName = such(
  textBy((given) => given, name.what),
  (given) => name.form.test(given),
  name.what,
)
const statedAlert = object({
  level,
  name: optional(alertName),
  note: optional(text),
  runbook: optional(url),
  atLeast: optional(whole(1, 1_000_000_000)),
})

/** A bare number is the level. Which rule may be switched off is seen beside its key. */
export const alertReader = formOf<Read<typeof statedAlert>>(
  {
    number: as(level, (only) => ({ level: only })),
    object: statedAlert,
    other: as(oneOf([false]), () => ({ level: 3 })),
  },
  'a level (1, 2 or 3), or an object with a `level`',
)
const alerts = such(
  record(alertReader),
  (given) => Object.keys(given).length <= 100,
  'an object with at most 100 conditions',
)

const ROUTE_FORM = `a method (${METHODS.join(', ')}) and a path, such as \`GET /v1/scans/:id\``
const route = textBy(parseRoute, ROUTE_FORM)
const routes = such(list(route), ({ length }) => length > 0, 'a list with at least one route')
const statuses = optional(such(list(whole(100, 599)), ({ length }) => length <= 100, 'a list of at most 100 statuses'))

/** Which class it is, or whether it is one, is seen beside the classes. */
const promise = textBy((given) => given, 'the name of a class, or a duration such as `2s`')

export const stepReader = object({
  http: optional(formOf({ text: as(route, (one) => [one]), list: routes }, `${ROUTE_FORM}, or a list of these`)),
  job: optional(oneOf([true])),
  within: promise,
  candidate: optional(promise),
  from: optional(oneOf(CLOCKS)),
  good: statuses,
  bad: statuses,
  excluded: statuses,
  alerts: optional(alerts),
})

const stale = object({ after: seconds, level: optional(level) })

/** A bare duration is at level 2, what the next business day is for. */
export const staleReader = formOf<Stale>(
  {
    text: as(seconds, (afterMs) => ({ afterMs, level: 2 })),
    object: as(stale, ({ after, level: at = 2 }) => ({ afterMs: after, level: at })),
    other: as(oneOf([false]), () => false),
  },
  'a duration such as `1h`, `{ after: 30m, level: 1 }`, or `false`',
)

const title = such(
  object({ en: optional(text), ja: optional(text) }),
  ({ en, ja }) => en !== undefined || ja !== undefined,
  'an object with `en` and `ja`',
)

/** Everything of a journey but its objectives and steps. */
export const journeyFields = {
  title: optional(title),
  owner: optional(text),
  runbook: optional(url),
  tier: optional(oneOf([1, 2, 3])),
  window: optional(window),
  policy: optional(policyReader),
  alerts: optional(alerts),
  staleAfter: optional(staleReader),
}

const MOST_STEPS = 50

const someSteps = such(
  record(stepReader, name),
  (steps) => Object.keys(steps).length > 0,
  'an object with at least one step',
)

/** Which objectives there are is seen when all of them are known. */
const composite = formOf<'all' | readonly string[]>(
  { text: oneOf(['all']), list: such(list(text), ({ length }) => length <= 50, 'a list of at most 50 members') },
  '`all`, or a list of objectives such as `[availability, pay.latency]`',
)

const journey = object({
  ...journeyFields,
  composites: optional(record(composite, name)),
  objectives: optional(record(objectiveReader)),
  steps: such(
    someSteps,
    (steps) => Object.keys(steps).length <= MOST_STEPS,
    `an object with at most ${MOST_STEPS} steps`,
  ),
})

/** The promise of one class, in milliseconds. */
export const classReader = textBy(parseDuration, 'a duration such as `300ms`, `1.5s` or `20s`')

const timeZone = textBy((given) => (isTimeZone(given) ? given : undefined), 'an IANA time zone such as `Asia/Tokyo`')

/** The journeys file. */
export const documentReader = object({
  timeZone,
  classes: optional(record(classReader, name)),
  policy: optional(policyReader),
  staleAfter: optional(staleReader),
  journeys: such(
    record(journey, name),
    (journeys) => Object.keys(journeys).length > 0,
    'an object with at least one journey',
  ),
})

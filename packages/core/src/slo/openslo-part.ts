import { formOf, list, numberBy, object, oneOf, optional, type Reader, record, such, textBy } from '../problem/index.ts'

/** A number of minutes, hours, days, weeks, months, quarters or years: `m` is a minute and `M` a month. */
const DURATION = /^\d{1,6}[mhdwMQY]$/
const PREFIX = '(?:[a-z0-9](?:[-a-z0-9.]{0,251}[a-z0-9])?/)?'
const LABEL = '[a-zA-Z0-9](?:[-._a-zA-Z0-9]{0,61}[a-zA-Z0-9])?'

/** OpenSLO's limits, in characters. */
export const LONGEST = { displayName: 63, description: 1050 } as const

export const anyText = textBy((text) => text, 'a text')
export const text = such(anyText, (given) => given !== '', 'a text')
export const flag = oneOf([true, false])
export const number = numberBy((given) => given, 'a number')
export const description = optional(
  such(anyText, ({ length }) => length <= LONGEST.description, 'at most 1050 characters'),
)
export const duration = textBy(
  (given) => (DURATION.test(given) ? given : undefined),
  'a duration such as `5m`, `1h`, `30d` or `1M` (`m` is a minute, `M` a month)',
)
export const longerDuration = such(duration, (given) => !/^0+\D$/.test(given), 'longer than nothing')

export const name = textBy(
  (given) => (/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/.test(given) ? given : undefined),
  'a name of at most 63 small letters, digits and hyphens that begins and ends with a letter or a digit',
)

const key = (form: string) => ({ form: new RegExp(`^${form}$`), what: 'a key of at most 63 letters, digits and -._' })

/** What every document of OpenSLO carries. */
export const metadata = object({
  name,
  displayName: optional(such(anyText, ({ length }) => length <= LONGEST.displayName, 'at most 63 characters')),
  labels: optional(
    record(
      formOf<string | readonly string[]>({ text: anyText, list: list(anyText) }, 'a text or a list of texts'),
      key(LABEL),
    ),
  ),
  annotations: optional(record(anyText, key(PREFIX + LABEL))),
})

const anything: Reader<unknown> = { read: (value) => value }

/** An object about which OpenSLO says nothing. */
export const free = record(anything)

const source = object({
  metricSourceRef: optional(name),
  type: optional(text),
  spec: such(free, (spec) => Object.keys(spec).length > 0, 'an object with at least one key'),
})

/** Where a metric is asked for, and how. */
export const metric = object({
  metricSource: such(
    source,
    ({ metricSourceRef, type }) => metricSourceRef !== undefined || type !== undefined,
    'an object with `metricSourceRef` or `type`',
  ),
})

/** Whether exactly one is there. */
export const isOne = (...parts: readonly unknown[]): boolean => parts.filter((part) => part !== undefined).length === 1

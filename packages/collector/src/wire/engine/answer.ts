/** A value at a time. */
export type EngineSample = {
  /** Milliseconds since the Unix epoch. */
  readonly at: number
  /** May be NaN or infinite: an engine gives such values as they are. */
  readonly value: number
  /** Whether it is written as a whole number, judged by its text and not by the double that it rounds to. */
  readonly whole: boolean
}

export type EngineSeries = {
  /** `__name__` is the metric's, where the expression keeps it. */
  readonly labels: ReadonlyMap<string, string>
  /** Ascending by time. */
  readonly samples: readonly EngineSample[]
}

/** Why an engine gave no answer. `refused`: its API said so itself. */
export type EngineFailure =
  | 'unreachable'
  | 'timeout'
  | 'status'
  | 'refused'
  | 'too_large'
  | 'too_many_series'
  | 'malformed'
  | 'forbidden_address'

export type EngineFailed = { readonly ok: false; readonly failure: EngineFailure; readonly message: string }

export type EngineAnswer =
  | {
      readonly ok: true
      readonly series: readonly EngineSeries[]
      /** What the engine says about the answer, such as that a store of Thanos was not there. */
      readonly warnings: readonly string[]
      /** Something may be missing in it. */
      readonly partial: boolean
    }
  | EngineFailed

/** Reads what the query API answered: `{status, data: {resultType, result}, warnings, errorType, error}`. */
export function readAnswer(status: number, bytes: Buffer, maxSeries: number): EngineAnswer {
  const body = parse(bytes)
  if (body?.['status'] === 'error') return refusal(body)
  if (status !== 200) return failed('status', statusMessage(status))
  if (body === undefined) return failed('malformed', 'Expected an answer in JSON of the query API, got another one')
  if (body['status'] !== 'success') return failed('malformed', 'Expected the status "success" in the answer')
  const found = seriesOf(body['data'], maxSeries)
  if (!Array.isArray(found)) return found
  const warnings = textsOf(body['warnings'])
  // VictoriaMetrics says it by a field of its own; for the others a warning is what they have.
  return { ok: true, series: found, warnings, partial: warnings.length > 0 || body['isPartial'] === true }
}

type Fields = Readonly<Record<string, unknown>>

function parse(bytes: Buffer): Fields | undefined {
  try {
    return fieldsOf(JSON.parse(bytes.toString('utf8')))
  } catch {
    return undefined
  }
}

function fieldsOf(value: unknown): Fields | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : undefined
}

function refusal({ errorType, error }: Fields): EngineFailed {
  const said = `The engine refused the query (${clipped(errorType)}): ${clipped(error)}`
  return failed(errorType === 'timeout' ? 'timeout' : 'refused', said)
}

const LONGEST_TEXT = 300
const MOST_WARNINGS = 20

/** What an engine says ends in logs and on terminals. */
function clipped(text: unknown): string {
  const visible = String(text ?? 'no reason given').replace(/[\p{C}\p{Z}]+/gu, ' ')
  return visible.length > LONGEST_TEXT ? `${visible.slice(0, LONGEST_TEXT)}…` : visible
}

function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.slice(0, MOST_WARNINGS).map(clipped) : []
}

function statusMessage(status: number): string {
  const message = `Expected status 200, got ${status}`
  if (status >= 300 && status < 400) return `${message}; redirects are not followed, name the final address`
  if (status === 401 || status === 403) return `${message}; the engine wants other credentials, or a tenant`
  if (status === 404) return `${message}; name what stands before /api/v1, such as http://mimir.example/prometheus`
  return message
}

function seriesOf(data: unknown, maxSeries: number): EngineSeries[] | EngineFailed {
  const { resultType, result } = fieldsOf(data) ?? {}
  if (resultType === 'scalar') {
    const only = sampleOf(result)
    return only === undefined ? UNREADABLE : [{ labels: new Map(), samples: [only] }]
  }
  if ((resultType !== 'vector' && resultType !== 'matrix') || !Array.isArray(result)) {
    return failed('malformed', `Expected a vector, a matrix or a scalar as the result, got ${clipped(resultType)}`)
  }
  if (result.length > maxSeries) {
    return failed('too_many_series', `Expected at most ${maxSeries} series in an answer, got ${result.length}`)
  }
  const all: EngineSeries[] = []
  for (const one of result) {
    const series = oneSeries(fieldsOf(one))
    if (series === undefined) return UNREADABLE
    all.push(series)
  }
  return all
}

/** One with native histograms only has no numbers to read, and is left without samples. */
function oneSeries(one: Fields | undefined): EngineSeries | undefined {
  const metric = fieldsOf(one?.['metric'])
  if (one === undefined || metric === undefined) return undefined
  const labels = new Map<string, string>()
  for (const [name, value] of Object.entries(metric)) {
    if (typeof value !== 'string') return undefined
    labels.set(name, value)
  }
  const told = one['value'] === undefined ? (one['values'] ?? []) : [one['value']]
  if (!Array.isArray(told)) return undefined
  const samples: EngineSample[] = []
  for (const each of told) {
    const sample = sampleOf(each)
    if (sample === undefined || sample.at < (samples.at(-1)?.at ?? 0)) return undefined
    samples.push(sample)
  }
  return { labels, samples }
}

/** Times are seconds with a fraction of milliseconds; values are texts, so that none is rounded by the way. */
function sampleOf(told: unknown): EngineSample | undefined {
  if (!Array.isArray(told) || told.length !== 2) return undefined
  const [time, text] = told as readonly unknown[]
  if (typeof time !== 'number' || !Number.isFinite(time) || time < 0 || typeof text !== 'string') return undefined
  const value = numberIn(text)
  return value === undefined ? undefined : { at: Math.round(time * 1000), value, whole: /^-?\d+$/.test(text) }
}

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i
const NOT_FINITE = new Map([
  ['NaN', Number.NaN],
  ['+Inf', Number.POSITIVE_INFINITY],
  ['Inf', Number.POSITIVE_INFINITY],
  ['-Inf', Number.NEGATIVE_INFINITY],
])

function numberIn(text: string): number | undefined {
  return text.length <= LONGEST_TEXT + 40 && NUMBER.test(text) ? Number(text) : NOT_FINITE.get(text)
}

const UNREADABLE = failed('malformed', 'Expected series of labels and samples in the result, got something else')

function failed(failure: EngineFailure, message: string): EngineFailed {
  return { ok: false, failure, message }
}

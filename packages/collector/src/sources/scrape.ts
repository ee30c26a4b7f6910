import type { ReadFailure, ReadResult, Source } from '../ports/source.ts'
import type { Access } from '../wire/access.ts'
import { isLoopbackAddress, literalAddress } from '../wire/address.ts'
import { authorizationOf } from '../wire/authorization.ts'
import { plainBytes } from '../wire/content-coding.ts'
import { createDurationReader, type DurationReader } from '../wire/durations.ts'
import { keptMs } from '../wire/exits.ts'
import { createExpositionParser, type ExpositionParser, type Format } from '../wire/exposition.ts'
import type { Outgoing, OutgoingResult } from '../wire/outgoing.ts'
import { createReadingDecoder, READING_METRICS, type ReadingDecoder } from '../wire/reading.ts'

/** A service's `/metrics` address, as the configuration gives it. */
export type ScrapeTarget = {
  readonly service: string
  /** May hold a query that is a secret; nothing of it but origin and path is ever told. */
  readonly url: string
  readonly intervalMs: number
  readonly timeoutMs: number
} & Access

export type ScrapeLimits = { readonly maxBytes: number; readonly maxSeries: number }

/** OpenMetrics first: it says where it ends, so that a body that was cut short is seen. */
const ACCEPT = 'application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.5,*/*;q=0.1'

/** Longest name or label value; one of a journey is far shorter, and those of other metrics are only checked. */
const MAX_LABEL_BYTES = 4_096

/**
 * Makes a source that reads one target over HTTP. It keeps the layout of the last body, so that the next one costs little.
 *
 * @param now the collector's clock, milliseconds; a reading's time is when its answer had arrived
 * @throws TypeError when the URL is none, which the configuration has to rule out
 */
export function createScrapeSource(
  target: ScrapeTarget,
  outgoing: Pick<Outgoing, 'sendAndUse'>,
  limits: ScrapeLimits,
  now: () => number,
): Source {
  const address = addressOf(target.url)
  const parser = createExpositionParser({ ...limits, maxLabelBytes: MAX_LABEL_BYTES }, READING_METRICS)
  const decoder = createReadingDecoder(target.service, address)
  const durations = createDurationReader({ ...limits, maxLabelBytes: MAX_LABEL_BYTES })
  const { url, intervalMs, timeoutMs, trust } = target
  const coding = codingFor(url)
  // Until it has answered nobody knows how long it keeps a connection.
  let kept = Number.POSITIVE_INFINITY
  return {
    name: sourceName(target),
    service: target.service,
    intervalMs,
    read: async (signal) => {
      const headers = { accept: ACCEPT, 'accept-encoding': coding, ...authorizationOf(target) }
      // A connection that is gone before the next reading is better given up at once: until then it is only memory.
      const isLast = kept <= intervalMs
      const request = {
        url,
        method: 'GET',
        headers,
        timeoutMs,
        maxBytes: limits.maxBytes,
        isLast,
        ...(trust !== undefined && { trust }),
      } as const
      return outgoing.sendAndUse(request, signal, async (answer) => {
        // An answer that ends its connection does not say how long others would be kept.
        if (answer.kind === 'answer' && !isLast) kept = keptMs(answer.headers)
        // When its answer had arrived: what is counted while it is unpacked comes with the next reading.
        const at = now()
        return answer.kind === 'failed'
          ? failed(answer.failure, answer.message)
          : readAnswer(answer, { parser, decoder, durations }, at, limits.maxBytes)
      })
    },
  }
}

/** What a source of the target is called, the same at every start. */
export function sourceName({ service, url }: Pick<ScrapeTarget, 'service' | 'url'>): string {
  return `${service} ${addressOf(url)}`
}

/** Origin and path: what may be told of an address. */
function addressOf(url: string): string {
  if (!URL.canParse(url)) throw new TypeError('Expected the URL of a target to be checked before a source is made')
  const { origin, pathname } = new URL(url)
  return `${origin}${pathname}`
}

/** On this machine the way costs less than packing for it. */
function codingFor(url: string): string {
  const { hostname } = new URL(url)
  const literal = literalAddress(new URL(url))
  const isHere = hostname === 'localhost' || (literal !== undefined && isLoopbackAddress(literal))
  return isHere ? 'identity' : 'gzip'
}

type Answered = Extract<OutgoingResult, { kind: 'answer' }>

/** What makes a reading of a body; each remembers the last one. */
type Readers = {
  readonly parser: ExpositionParser
  readonly decoder: ReadingDecoder
  readonly durations: DurationReader
}

async function readAnswer(
  answer: Answered,
  { parser, decoder, durations }: Readers,
  at: number,
  maxBytes: number,
): Promise<ReadResult> {
  if (answer.status !== 200) return failed('status', statusMessage(answer.status))
  const format = formatOf(answer.headers['content-type'])
  if (format === undefined) {
    return failed('malformed', 'Expected the content type text/plain or application/openmetrics-text, got another one')
  }
  const plain = await plainBytes(answer.bytes, answer.headers['content-encoding'], maxBytes)
  if (!plain.ok) return plain
  const exposition = parser.parse(plain.bytes, format)
  if (!exposition.ok) return exposition
  const decoded = decoder.decode(exposition, at)
  if (!decoded.ok) return failed('malformed', decoded.message)
  if (!decoded.reading.speaker.identified && format === 'text' && !isFramed(answer.headers)) {
    return failed('malformed', UNFRAMED)
  }
  const took = durations.read(plain.bytes, format, at)
  const reading = { reading: decoded.reading, samples: exposition.samples, warnings: decoded.warnings }
  return { ok: true, ...reading, ...(took.length > 0 && { durations: took }) }
}

function failed(failure: ReadFailure, message: string): ReadResult {
  return { ok: false, failure, message }
}

function statusMessage(status: number): string {
  const message = `Expected status 200, got ${status}`
  if (status >= 300 && status < 400) return `${message}; redirects are not followed, name the final address`
  if (status === 401 || status === 403) return `${message}; the target wants another token`
  return message
}

/** Answers without a content type come from small servers that only know the text format. */
function formatOf(contentType: string | undefined): Format | undefined {
  const [type = ''] = (contentType ?? 'text/plain').split(';')
  switch (type.trim().toLowerCase()) {
    case 'text/plain':
      return 'text'
    case 'application/openmetrics-text':
      return 'openmetrics'
    default:
      return undefined
  }
}

/** Whether HTTP says where the body ends. One that ends with its connection may have been cut short unnoticed. */
function isFramed(headers: Readonly<Record<string, string>>): boolean {
  return headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined
}

/** A process with an id only counts up, so a cut number is ignored; without one it would be taken for a restart. */
const UNFRAMED =
  'Expected an answer that shows where it ends: a Content-Length, chunks, OpenMetrics, or a process_id in journey_definition_info'

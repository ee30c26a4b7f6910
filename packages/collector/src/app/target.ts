import type { Access } from '../wire/access.ts'
import { authorizationOf } from '../wire/authorization.ts'
import { plainBytes } from '../wire/content-coding.ts'
import { createExpositionParser } from '../wire/exposition.ts'
import { createOutgoing, type Outgoing, type OutgoingResult } from '../wire/outgoing.ts'

/** An address of a service's `/metrics`, and how it is read. */
export type Place = {
  /** What may be told of it: origin and path. The address itself may hold a secret. */
  readonly shown: string
  readonly url: string
} & Access

export type Sample = { readonly name: string; readonly labels: ReadonlyMap<string, string>; readonly value: number }

export type TargetRead =
  | { readonly ok: true; readonly samples: readonly Sample[]; readonly date: string | undefined }
  | { readonly ok: false; readonly failure: 'unreachable' | 'status' | 'content'; readonly message: string }

const LIMITS = { maxBytes: 16_000_000, maxSeries: 200_000, maxLabelBytes: 4_096 }

/**
 * Reads a target by the collector's own way out, over a connection of its own, so that each reading may come to another
 * process. Never throws.
 */
export async function readTarget(place: Place, wanted: ReadonlySet<string>, timeoutMs: number): Promise<TargetRead> {
  const outgoing = createOutgoing()
  try {
    const answer = await ask(place, timeoutMs, outgoing)
    return answer.kind === 'failed' ? failed('unreachable', answer.message) : await samplesOf(answer, wanted)
  } finally {
    outgoing.close()
  }
}

function ask(place: Place, timeoutMs: number, outgoing: Outgoing): Promise<OutgoingResult> {
  const headers = {
    accept: 'text/plain;version=0.0.4',
    'accept-encoding': 'gzip',
    ...authorizationOf(place),
  }
  const { url, trust } = place
  const shared = { url, method: 'GET', headers, timeoutMs, maxBytes: LIMITS.maxBytes, isLast: true } as const
  return outgoing.send({ ...shared, ...(trust !== undefined && { trust }) }, new AbortController().signal)
}

type Answered = Extract<OutgoingResult, { readonly kind: 'answer' }>

async function samplesOf({ status, headers, bytes }: Answered, wanted: ReadonlySet<string>): Promise<TargetRead> {
  if (status !== 200) return failed('status', `it answers with HTTP ${status}`)
  const media = (headers['content-type'] ?? 'text/plain').split(';', 1)[0]?.trim() ?? ''
  if (media !== 'text/plain' && media !== 'application/openmetrics-text') {
    return failed('content', `it answers with ${media}`)
  }
  const plain = await plainBytes(bytes, headers['content-encoding'], LIMITS.maxBytes)
  if (!plain.ok) return failed('content', plain.message)
  const parser = createExpositionParser(LIMITS, wanted)
  const parsed = parser.parse(plain.bytes, media === 'text/plain' ? 'text' : 'openmetrics')
  if (!parsed.ok) return failed('content', parsed.message)
  const { series, numbers } = parsed
  const samples = series.map(({ name, labels }, i) => ({ name, labels: pairs(labels), value: numbers[i] ?? 0 }))
  return { ok: true, samples, date: headers['date'] }
}

function pairs(labels: readonly string[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  for (let i = 0; i + 1 < labels.length; i += 2) found.set(labels[i] ?? '', labels[i + 1] ?? '')
  return found
}

type Failed = Extract<TargetRead, { readonly ok: false }>

function failed(failure: Failed['failure'], message: string): Failed {
  return { ok: false, failure, message }
}

import type { IncomingMessage } from 'node:http'
import type { CarriedReason, Definition } from '@tabiji/core/journey'
import type { Origin } from '../event/borrowed.ts'
import type { Dropped } from '../event/dropped.ts'
import type { TimeSource } from '../event/time-source.ts'
import { type Member, readMember, rememberingFind, versionOf } from './member.ts'
import { createSeal } from './seal.ts'

/**
 * Whose word is taken for the journey that a request belongs to.
 * - `none`: nobody's. The header is not even read;
 * - `when`: that of requests for which it answers true: those of an internal listener, or whose client certificate was
 *   checked. Never look at an address that a header names. Asked only when a request brings a journey;
 * - `signed`: that of services which have the same key (16 characters or more), the one of their `outgoing.signed`.
 */
export type IncomingTrust =
  | 'none'
  | { readonly when: (request: IncomingMessage) => boolean }
  | { readonly signed: string }

export type Incoming = {
  /** The journey that a request brings, if it may be believed. Undefined where nobody's word is taken. */
  readonly fromRequest: ((request: IncomingMessage) => Origin | undefined) | undefined
  /** The journey that a job brings. Passing it says that the queue is ours; with a key it must be sealed besides. */
  fromCarried(text: unknown): Origin | undefined
}

/** How far the sealing clock may be off, and how long a sealed header may be used again, in seconds. */
const SEALED_SECONDS = 300

/**
 * Turns what came from outside into a journey of the file, or counts why not. What is returned is always one of the
 * definition's own pairs: no text of a stranger is kept, and none can name a series.
 */
export function createIncoming(
  definition: Definition,
  trust: IncomingTrust,
  dropped: Dropped,
  time: TimeSource,
): Incoming {
  const seal =
    typeof trust === 'object' && 'signed' in trust
      ? createSeal(trust.signed, 'context.trust.incoming.signed')
      : undefined
  const declared = originsOf(definition)
  const findMember = rememberingFind()
  const drop = (reason: CarriedReason): undefined => {
    dropped.add(reason, MESSAGE[reason])
    return undefined
  }
  const isSealed = ({ sealed, seal: given }: Member) =>
    given !== undefined && seal?.isRight(sealed, given.text) === true

  const believe = ({ name, version }: Member): Origin | undefined => {
    if (version !== versionOf(definition.fingerprint)) return drop('stale')
    return declared.get(name) ?? drop('unknown')
  }

  const sealedHeader = (found: Member | 'broken'): Origin | undefined => {
    // A stranger's rubbish is no news: whatever has no seal of ours is a stranger's.
    if (found === 'broken' || !isSealed(found)) return drop('untrusted')
    const age = time.epoch() / 1000 - (found.seal?.at ?? 0)
    return Math.abs(age) > SEALED_SECONDS ? drop('stale') : believe(found)
  }

  const fromRequest = (request: IncomingMessage): Origin | undefined => {
    const header = request.headers['baggage']
    if (typeof header !== 'string') return undefined
    const found = findMember(header)
    if (found === undefined) return undefined
    if (seal !== undefined) return sealedHeader(found)
    if (!isTrusted(trust, request)) return drop('untrusted')
    return found === 'broken' ? drop('malformed') : believe(found)
  }

  return {
    fromRequest: trust === 'none' ? undefined : fromRequest,
    fromCarried(text) {
      const member = typeof text === 'string' ? readMember(text) : undefined
      if (member === undefined) return drop('malformed')
      // A job may wait for days, so its seal has no end.
      return seal === undefined || isSealed(member) ? believe(member) : drop('untrusted')
    },
  }
}

function isTrusted(trust: IncomingTrust, request: IncomingMessage): boolean {
  if (typeof trust !== 'object' || !('when' in trust)) return false
  try {
    return trust.when(request) === true
  } catch {
    // A question that fails is answered no, and the request goes on.
    return false
  }
}

function originsOf(definition: Definition): ReadonlyMap<string, Origin> {
  return new Map(
    definition.journeys.flatMap(({ name: journey, steps }) =>
      steps.map(({ name: step }) => [`${journey}.${step}`, { journey, step }] as const),
    ),
  )
}

const MESSAGE: Readonly<Record<CarriedReason, string>> = {
  untrusted: 'A request or job came with a journey whose sender is not trusted; it was ignored.',
  malformed: 'A request or job came with a journey in another form than the SDK writes; it was ignored.',
  stale: 'A request or job came with a journey by another journeys file, or sealed too long ago; it was ignored.',
  unknown: 'A request or job came with a journey and step that the journeys file does not declare; it was ignored.',
  'not-borrowed': 'A request or job came with a journey that this service does not work for.',
}

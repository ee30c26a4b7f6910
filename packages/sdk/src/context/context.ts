import type { AsyncLocalStorage } from 'node:async_hooks'
import type { Definition } from '@tabiji/core/journey'
import type { Borrowing, Origin } from '../event/borrowed.ts'
import type { Dropped } from '../event/dropped.ts'
import type { OpenEvent } from '../event/events.ts'
import type { TimeSource } from '../event/time-source.ts'
import { createFetch, type HeadersFor } from './fetch.ts'
import { createHosts } from './hosts.ts'
import { createIncoming, type Incoming, type IncomingTrust } from './incoming.ts'
import { headerOf, withSeal, writeMember } from './member.ts'
import { createProbes, type Probes } from './probes.ts'
import { createSeal } from './seal.ts'

/** How journeys reach other services and come from them. Without it nothing is read, sent or counted. */
export type ContextOptions = {
  /**
   * Journeys of other services that this one works for, each with the own journeys whose steps do it:
   * `{ 'measure-feet': ['keep-photos'] }`. For each such pair of journey and step its counters exist from the start.
   * @default none
   */
  readonly borrowed?: Borrowing
  readonly trust?: {
    /** @default 'none' */
    readonly incoming?: IncomingTrust
    /** @default none: no other host learns of a journey */
    readonly outgoing?: OutgoingTrust
    /**
     * Believes probes that have the same key (16 characters or more): what they cause is counted apart, as
     * `journey_probe_events_total`, and in no other series. Listed hosts of `outgoing` are told that it is a probe's.
     * @default none: whoever claims to be a probe is a customer
     */
    readonly probes?: { readonly signed: string }
  }
}

export type OutgoingTrust = {
  /** Hosts that may learn of a journey, such as `storage.internal` (any port) or `10.0.0.7:8080`. */
  readonly to: readonly string[]
  /** The key of their `incoming.signed`. It seals what jobs carry, too. @default none: journeys go unsealed */
  readonly signed?: string
  /** Whether the global `fetch`, and undici, send the journey to these hosts by themselves. @default false */
  readonly globalFetch?: boolean
}

/** The journey that the user is on who waits for what is being done. */
export type CurrentJourney = {
  readonly journey: string
  readonly step: string
  /** It came from another service; what is being done here is a dependency of it. */
  readonly borrowed: boolean
}

/** What a service can do with the journey that is going on. Found by the async context. */
export type JourneyContext = {
  /** @returns undefined where no event is going on whose step is known. */
  current(): CurrentJourney | undefined
  /**
   * The journey as one short text of printable ASCII, for a job's data; `run(…, { from })` reads it at the other end.
   * @returns undefined where no event is going on.
   */
  carry(): string | undefined
  /**
   * The header `baggage` that tells another service of the journey.
   * @returns no header for a host that is not in `context.trust.outgoing.to`, and where no event is going on.
   */
  headers(options: { readonly to: string | URL }): Record<string, string>
  /** `fetch` that tells the listed hosts of the journey, and no other, also when it is redirected. */
  fetch: typeof fetch
}

type Surroundings = {
  readonly definition: Definition
  readonly current: AsyncLocalStorage<OpenEvent>
  readonly dropped: Dropped
  readonly time: TimeSource
}

/** @throws Error for options that cannot work: while the service starts. */
export function createContext(
  { trust = {} }: ContextOptions,
  { definition, current, dropped, time }: Surroundings,
): Incoming & { readonly forService: JourneyContext; readonly isProbe: Probes['isProbe'] | undefined } {
  const { incoming = 'none', outgoing } = trust
  const probes = trust.probes && createProbes(trust.probes.signed, dropped, time)
  const allows = createHosts(outgoing?.to ?? [])
  const { signed } = outgoing ?? {}
  const seal = signed === undefined ? undefined : createSeal(signed, 'context.trust.outgoing.signed')

  /** A borrowed journey goes on as it came, so that whoever is further away still knows whose it is. */
  const travelling = (): Origin | undefined => {
    const event = current.getStore()
    return event?.origin ?? event?.rule
  }
  const carry = (): string | undefined => {
    const origin = travelling()
    if (origin === undefined) return undefined
    if (seal === undefined) return writeMember(origin, definition.fingerprint)
    const text = writeMember(origin, definition.fingerprint, Math.max(0, Math.floor(time.epoch() / 1000)))
    return withSeal(text, seal.of(text))
  }
  const headersFor: HeadersFor = (address) => {
    if (!allows(address)) return {}
    const text = carry()
    const isProbed = current.getStore()?.probed === true
    return { ...(isProbed && probes?.passOn()), ...(text !== undefined && { baggage: headerOf(text) }) }
  }
  return {
    ...createIncoming(definition, incoming, dropped, time),
    isProbe: probes?.isProbe,
    forService: {
      current() {
        const origin = travelling()
        if (origin === undefined) return undefined
        return {
          journey: origin.journey,
          step: origin.step,
          borrowed: current.getStore()?.rule?.journey !== origin.journey,
        }
      },
      carry,
      headers: ({ to }) => ({ ...headersFor(to) }),
      fetch: createFetch(headersFor, outgoing?.globalFetch ?? false),
    },
  }
}

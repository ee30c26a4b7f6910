import type { IncomingMessage } from 'node:http'
import {
  PROBE_HEADER,
  PROBE_PURPOSE,
  PROBE_SEALED_SECONDS,
  probeHeader,
  probeText,
  readProbeHeader,
} from '@tabiji/core/journey'
import type { Dropped } from '../event/dropped.ts'
import type { TimeSource } from '../event/time-source.ts'
import { createSeal } from './seal.ts'

/** What a service can do with the mark of a probe. */
export type Probes = {
  /** Whether the request proves to be a probe's. A claim without proof is counted as `untrusted`, and is a customer's. */
  isProbe(request: IncomingMessage): boolean
  /** The header that tells another service that what it does is done for a probe. */
  passOn(): Readonly<Record<string, string>>
}

/** Who passed it on, where the probe's own name is not kept. */
const PASSED_ON = 'passed-on'

/** @throws Error when the key is too short: while the service starts. The key is in no message. */
export function createProbes(key: string, dropped: Dropped, time: TimeSource): Probes {
  const seal = createSeal(key, 'context.trust.probes.signed', PROBE_PURPOSE)
  const refuse = (reason: 'untrusted' | 'stale', why: string): false => {
    dropped.add(reason, `A request claimed to be a probe's, ${why}; it was counted as a customer's.`)
    return false
  }
  return {
    isProbe({ headers }) {
      const header = headers[PROBE_HEADER]
      if (typeof header !== 'string') return false
      const read = readProbeHeader(header)
      if (read === undefined || !seal.isRight(read.text, read.seal)) return refuse('untrusted', 'and did not prove it')
      const age = time.epoch() / 1000 - read.at
      return Math.abs(age) <= PROBE_SEALED_SECONDS || refuse('stale', 'and was signed too long ago')
    },
    passOn() {
      const text = probeText(PASSED_ON, Math.max(0, Math.floor(time.epoch() / 1000)))
      return { [PROBE_HEADER]: probeHeader(text, seal.of(text)) }
    },
  }
}

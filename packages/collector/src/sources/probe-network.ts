import type { LookUp } from '../wire/guarded-lookup.ts'
import { createOutgoing } from '../wire/outgoing.ts'

/** Asked only when a step got no answer, at most once a run. */
export type References = {
  /** Whether any reference address answers, with whatever status; undefined when there is none to ask. */
  reached(signal: AbortSignal): Promise<boolean | undefined>
  close(): void
}

const TIMEOUT_MS = 5_000
const MAX_BYTES = 64 * 1024

/** Over connections of their own: those of the probe may be what is broken. */
export function createReferences(urls: readonly string[], lookUp: LookUp | undefined): References {
  const outgoing = createOutgoing(lookUp)
  return {
    reached: async (signal) => {
      if (urls.length === 0) return undefined
      const asked = urls.map(async (url) => {
        const request = { url, method: 'GET', timeoutMs: TIMEOUT_MS, maxBytes: MAX_BYTES, isLast: true } as const
        const result = await outgoing.send(request, signal)
        // An answer that is longer than anybody wants to read is an answer.
        if (result.kind === 'answer' || result.failure === 'too_large') return true
        throw new Error(result.failure)
      })
      return Promise.any(asked).catch(() => false)
    },
    close: () => outgoing.close(),
  }
}

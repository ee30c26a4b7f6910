import type { Watcher } from '../ports/heartbeat.ts'
import type { Outgoing } from '../wire/outgoing.ts'

const MAX_ANSWER_BYTES = 64_000

/**
 * A service that expects to hear from us, such as healthchecks.io: any 2xx answer to a GET means that it did. Its address is a
 * secret, because whoever has it can say in our place that all is well.
 */
export function createWatcher(url: () => string, timeoutMs: number, outgoing: Outgoing): Watcher {
  return {
    tell: async (signal) => {
      const request = { url: url(), method: 'GET', timeoutMs, maxBytes: MAX_ANSWER_BYTES } as const
      const result = await outgoing.send(request, signal)
      if (result.status !== undefined && result.status >= 200 && result.status < 300) return undefined
      return result.kind === 'answer' ? `Answered ${result.status}` : result.message
    },
  }
}

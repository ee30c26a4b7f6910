import { createServer } from 'node:http'
import { onLoopback } from '../../../../packages/sdk/src/testing/on-loopback.ts'

/** A service that is measured by Prometheus only, and knows what happened. */
export async function startMetered() {
  const counted = { good: 0, bad: 0, slow: 0 }
  const state = { queueSeconds: 1, up: 1, startedAt: Date.now() / 1000, base: { good: 40, bad: 0, slow: 3 } }
  const page = () => {
    const { good, bad, slow } = state.base
    // A series of errors is there from its first error on, as in most client libraries.
    const errors = bad > 0 ? `requests_total{code="500"} ${bad}\n` : ''
    const all = good + bad
    return `process_start_time_seconds ${state.startedAt}
requests_total{code="200"} ${good}
${errors}requests_seconds_bucket{le="0.3"} ${all - slow}
requests_seconds_bucket{le="+Inf"} ${all}
requests_seconds_count ${all}
queue_seconds{queue="mail"} ${state.queueSeconds}
checkout_up ${state.up}
`
  }
  const server = await onLoopback(
    createServer((_request, response) => {
      response.setHeader('content-type', 'text/plain; version=0.0.4')
      response.end(page())
    }),
  )
  return {
    ...server,
    state,
    /** What happened since it was made. */
    counted,
    serve(good: number, bad: number, slow: number) {
      for (const counts of [counted, state.base]) {
        counts.good += good
        counts.bad += bad
        counts.slow += slow
      }
    },
    /** A new process behind the same address. */
    restart() {
      Object.assign(state, { base: { good: 0, bad: 0, slow: 0 }, startedAt: Date.now() / 1000 })
    },
  }
}

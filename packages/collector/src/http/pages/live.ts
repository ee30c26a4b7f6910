import type { RequestHandler } from 'express'
import type { Movements } from '../../ports/movements.ts'

/** Proxies close what is silent for a minute. */
const PULSE_MS = 25_000

/** Tells a page whenever the books have moved on (server-sent events); the page then fetches what it shows. */
export function liveRoute(movements: Movements): RequestHandler {
  return (request, response) => {
    response.set({ 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store', 'X-Accel-Buffering': 'no' })
    response.flushHeaders()
    response.write('retry: 2000\n\n')
    const pulse = setInterval(() => response.write(': still here\n\n'), PULSE_MS)
    const leave = movements.follow({
      moved: () => response.write('event: moved\ndata: 1\n\n'),
      ended: () => response.end(),
    })
    request.on('close', () => {
      clearInterval(pulse)
      leave()
    })
  }
}

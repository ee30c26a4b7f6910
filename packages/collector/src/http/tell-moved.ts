import type { RequestHandler } from 'express'
import type { Mover } from '../ports/movements.ts'

/**
 * Tells the pages that are open elsewhere what a command changed, as soon as it is answered: who acknowledges on a phone is seen
 * at the desk at once, and not after the next evaluation.
 */
export function tellMoved({ moved }: Pick<Mover, 'moved'>): RequestHandler {
  return (request, response, next) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.once('finish', () => {
        if (response.statusCode < 400) moved()
      })
    }
    next()
  }
}

import type { Request } from 'express'
import { isStranger, type VisitorOf } from './visitor.ts'

/**
 * Whether a browser that is signed in to the pages may read a document of the API that they link to. Another site may lead somebody
 * to one, and sees nothing of it; what it has a browser load into itself is not answered.
 *
 * A cookie goes along with whatever a browser is made to send, so nothing that changes something is let in by one.
 */
export function browserReads(visitorOf: VisitorOf): (request: Request) => boolean {
  return (request) => {
    const site = request.get('sec-fetch-site') ?? 'none'
    const isLed = request.get('sec-fetch-dest') === 'document'
    return (site === 'same-origin' || site === 'none' || isLed) && !isStranger(visitorOf(request))
  }
}

import { Router } from 'express'
import type { TicketDesk } from '../ports/ticket-desk.ts'
import { FIX_REQUEST } from '../wire/work-request.ts'
import { postingLater } from './command.ts'

/** Tickets of fixes, to be mounted beside `workRoutes`. A tracker that refuses or does not answer is a 424. */
export function ticketRoutes(desk: TicketDesk): Router {
  const router = Router()
  router.post(
    '/fixes/:key/ticket',
    postingLater(FIX_REQUEST.ticket, ({ tracker }, { key, by }) => desk.createTicket(key, tracker, by)),
  )
  return router
}

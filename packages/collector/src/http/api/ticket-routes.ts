import { Router } from 'express'
import type { TicketDesk } from '../../ports/ticket-desk.ts'
import { FIX_REQUEST } from '../../wire/work-request.ts'
import { listing, postingLater } from '../command.ts'

/** Tickets of fixes: where one would be created, creating it, and whose it is; to be mounted beside `workRoutes`. A tracker that refuses or does not answer is a 424. */
export function ticketRoutes(desk: TicketDesk): Router {
  const router = Router()
  router.post(
    '/fixes/:key/ticket',
    postingLater(FIX_REQUEST.ticket, (wish, { key, by }) => desk.createTicket(key, wish, by)),
  )
  router.get(
    '/tickets/spot',
    listing(FIX_REQUEST.spot, ({ tracker, place, ...about }) =>
      desk.spotFor({ ...(tracker !== undefined && { tracker }), ...(place !== undefined && { place }) }, about),
    ),
  )
  router.post(
    '/tickets/follow',
    postingLater(FIX_REQUEST.follow, ({ url, as }, { by }) => desk.followTicket(url, as, by)),
  )
  return router
}

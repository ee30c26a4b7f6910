import { missingScreen, pageOf } from '@tabiji/dashboard'
import type { RequestHandler } from 'express'
import type { ApiError } from '../answer.ts'
import { aroundOf, type FrameRooms, quietAround } from './around.ts'
import { sendPage } from './send.ts'

/** Has a browser told by a page what others are told by JSON: that there is nothing here, or that we failed. */
export function missingPages(rooms: FrameRooms): RequestHandler {
  return (request, response, next) => {
    if (request.method !== 'GET' || request.accepts(['json', 'html']) !== 'html') return next()
    response.locals['page'] = (status: number, document: { readonly error?: ApiError }) => {
      const { message: said = '', id } = document.error ?? {}
      const view = { status, path: request.path, said, ...(id !== undefined && { id }) }
      // What failed may be the very books that the frame asks.
      const around = status >= 500 ? quietAround(rooms, request, response) : aroundOf(rooms, request, response)
      sendPage(
        response,
        pageOf(around, (context) => missingScreen(context, view)),
        status,
      )
    }
    next()
  }
}

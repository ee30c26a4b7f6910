import { foreignScreen, missingScreen, pageOf, refusedScreen } from '@tabiji/dashboard'
import type { Request, RequestHandler, Response } from 'express'
import type { ApiError } from '../answer.ts'
import { aroundOf, type FrameRooms, quietAround } from './around.ts'
import { ownPath } from './commands.ts'
import type { Fields } from './fields.ts'
import { FORM_FOREIGN, isFromOwnPage } from './form-token.ts'
import { sendPage } from './send.ts'

/**
 * Has a browser told by a page what others are told by JSON: that there is nothing here, that we failed, that a form is none of
 * ours.
 */
export function missingPages(rooms: FrameRooms): RequestHandler {
  return (request, response, next) => {
    if (request.accepts(['json', 'html']) !== 'html') return next()
    response.locals['page'] = (status: number, document: { readonly error?: ApiError }) => {
      if (document.error?.code === FORM_FOREIGN) return sendForeign(rooms, request, response, status)
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

/**
 * A form whose proof does not hold. Where the browser itself says that a page of ours sent it, its session was lost: what was typed
 * is given back in a form that holds. What anybody else may have sent is shown to nobody, or one press would do what they wished.
 */
function sendForeign(rooms: FrameRooms, request: Request, response: Response, status: number): void {
  const { form: _, back, ...fields } = (request.body ?? {}) as Fields
  const around = { ...aroundOf(rooms, request, response), path: ownPath(back) }
  const isOurs = isFromOwnPage(request)
  // Only commands carry what somebody wrote; a token that was typed to sign in is never said again.
  const view =
    isOurs && request.originalUrl.startsWith('/do/')
      ? { action: request.originalUrl, back: around.path, fields, lines: [], lapsed: true as const }
      : undefined
  const page = pageOf(around, (context) =>
    view === undefined ? foreignScreen(context, { isOurs, back: around.path }) : refusedScreen(context, view),
  )
  sendPage(response, page, status)
}

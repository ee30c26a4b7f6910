import { pageOf, signInScreen } from '@tabiji/dashboard'
import { type Request, type Response, Router, urlencoded } from 'express'
import type { Badge } from '../auth.ts'
import { bearerCheck } from '../bearer.ts'
import { aroundOf, type FrameRooms } from './around.ts'
import { ownPath } from './commands.ts'
import { cookieOf, dropCookie, keepCookie } from './cookies.ts'
import { requireOwnForm } from './form-token.ts'
import { countGuesses } from './guesses.ts'
import { sendPage } from './send.ts'
import { SIGNED_MS, signFor } from './signed.ts'
import { LONGEST_NAME } from './visitor.ts'

const YEAR_MS = 365 * 86_400_000

type SignInRooms = FrameRooms & { readonly badges: readonly Badge[] }

/** Coming in, by a name or by a token, and leaving. */
export function signInRoutes(rooms: SignInRooms): Router {
  const asks = rooms.badges.length > 0 ? 'token' : 'name'
  const show = (request: Request, response: Response, to: unknown, wrong: object = {}, status = 200) => {
    // The page is about who looks, so its forms lead back to where they came from.
    const view = { to: ownPath(to), asks, ...wrong } as const
    const around = { ...aroundOf(rooms, request, response), path: `/sign-in?to=${encodeURIComponent(view.to)}` }
    sendPage(
      response,
      pageOf(around, (context) => signInScreen(context, view)),
      status,
    )
  }
  const form = [urlencoded({ extended: false, limit: 8_192, inflate: false }), requireOwnForm]
  const router = Router()
  router.get('/sign-in', (request, response) => show(request, response, request.query['to']))
  router.post('/sign-in', ...form, asks === 'token' ? byToken(rooms, show) : byName(show))
  router.post('/sign-out', ...form, (_request, response) => {
    dropCookie(response, 'who')
    dropCookie(response, 'signed')
    response.redirect(303, '/sign-in')
  })
  return router
}

type Show = (request: Request, response: Response, to: unknown, wrong: object, status: number) => void

function byName(show: Show) {
  return (request: Request, response: Response) => {
    const { name, to } = request.body as Readonly<Record<string, unknown>>
    const given = typeof name === 'string' ? name.trim() : ''
    if (given === '' || given.length > LONGEST_NAME) return show(request, response, to, { wrong: 'name' }, 422)
    keepCookie(response, 'who', given, YEAR_MS)
    response.redirect(303, ownPath(to))
  }
}

function byToken({ badges, now }: SignInRooms, show: Show) {
  const grants = bearerCheck(badges.map((badge) => ({ token: badge.token, grants: badge })))
  const guesses = countGuesses()
  return (request: Request, response: Response) => {
    const { token, to } = request.body as Readonly<Record<string, unknown>>
    const address = request.socket.remoteAddress ?? ''
    const waitSeconds = Math.ceil(guesses.waitMs(address, now()) / 1_000)
    if (waitSeconds > 0) {
      response.set('Retry-After', String(waitSeconds))
      return show(request, response, to, { waitSeconds }, 429)
    }
    const [badge] = grants(`Bearer ${typeof token === 'string' ? token.trim() : ''}`)
    if (badge === undefined) {
      guesses.failed(address, now())
      return show(request, response, to, { wrong: 'token' }, 403)
    }
    guesses.succeeded(address)
    keepCookie(response, 'signed', signFor(badge, cookieOf(request, 'session') ?? '', now() + SIGNED_MS), SIGNED_MS)
    response.redirect(303, ownPath(to))
  }
}

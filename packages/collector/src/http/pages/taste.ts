import { isTimeZone } from '@tabiji/core/time'
import { type Response, Router, urlencoded } from 'express'
import { ownPath } from './commands.ts'
import { dropCookie, keepCookie } from './cookies.ts'
import { requireOwnForm } from './form-token.ts'

const YEAR_MS = 365 * 86_400_000

/** What a reader's browser remembers of them: language, colours, keys; and in which zone times are told. */
const TASTES = { language: ['en', 'ja'], theme: ['system', 'light', 'dark'], keys: ['on', 'off'] } as const

export function tasteRoutes(): Router {
  const router = Router()
  router.post('/view', urlencoded({ extended: false, limit: 4_096 }), requireOwnForm, (request, response) => {
    for (const [name, choices] of Object.entries(TASTES))
      keepTaste(response, name as keyof typeof TASTES, choices, request.body)
    keepZone(response, request.body)
    response.redirect(303, ownPath(request.body?.back))
  })
  return router
}

function keepTaste(response: Response, name: keyof typeof TASTES, choices: readonly string[], body: unknown): void {
  const chosen = (Object(body) as Readonly<Record<string, unknown>>)[name]
  if (typeof chosen === 'string' && choices.includes(chosen)) keepCookie(response, name, chosen, YEAR_MS)
}

/** `house`: that of the journeys file, which may come to be another one. */
function keepZone(response: Response, body: unknown): void {
  const { zone } = Object(body) as Readonly<Record<string, unknown>>
  if (zone === 'house') dropCookie(response, 'zone')
  else if (typeof zone === 'string' && isTimeZone(zone)) keepCookie(response, 'zone', zone, YEAR_MS)
}

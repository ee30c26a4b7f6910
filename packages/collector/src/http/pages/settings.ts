import { settingsScreen } from '@tabiji/dashboard'
import { type Request, type Response, Router } from 'express'
import type { Doctor } from '../../ports/doctor.ts'
import type { Receivers } from '../../ports/receivers.ts'
import type { LoadedSettings } from '../../ports/settings.ts'
import type { FrameRooms } from './around.ts'
import { attempt, attemptLater } from './panel.ts'
import { showScreen } from './show.ts'

const MOST_REVISIONS = 20

export type SettingsRooms = FrameRooms & {
  readonly receivers: Pick<Receivers, 'list'>
  readonly settings: () => LoadedSettings
  readonly doctor?: Doctor
}

/** What is loaded, and what a reader chooses for themselves. */
export function settingsPages(rooms: SettingsRooms): Router {
  const router = Router()
  router.get('/settings', (request, response) => sendSettings(rooms, request, response))
  return router
}

/** The services are looked at only when somebody asks for it: it takes a second, and reads each of them several times. */
async function sendSettings(rooms: SettingsRooms, request: Request, response: Response): Promise<void> {
  const { api, receivers, doctor } = rooms
  // A page that stands open fetches itself anew whenever the books move; that is nobody who asks.
  const asks = request.query['doctor'] === '1' && request.get('sec-fetch-dest') !== 'empty'
  const look =
    asks && doctor !== undefined
      ? await attemptLater(rooms, response, 'doctor', () => doctor.look(), undefined)
      : undefined
  const settings = attempt(rooms, response, 'settings', () => rooms.settings(), undefined)
  const view = {
    checks: attempt(rooms, response, 'checks', () => api.checks(), []),
    receivers: attempt(rooms, response, 'receivers', () => receivers.list(), []),
    revisions: attempt(rooms, response, 'revisions', () => api.revisions(), []).slice(0, MOST_REVISIONS),
    ...(settings !== undefined && { settings }),
    canLook: doctor !== undefined,
    ...(look !== undefined && { look }),
  }
  showScreen(rooms, request, response, (context) => settingsScreen(context, view))
}

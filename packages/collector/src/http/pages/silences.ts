import { isoIn } from '@tabiji/core/time'
import { type SilenceDraft, type SilencesView, silencesScreen } from '@tabiji/dashboard'
import { type Request, Router } from 'express'
import type { Digests } from '../../ports/digests.ts'
import type { Silences } from '../../ports/silences.ts'
import type { FrameRooms } from './around.ts'
import { bodyOf } from './fields.ts'
import { problemLines } from './problem-lines.ts'
import { showScreen } from './show.ts'

const MOST = 200
const MOST_OPENINGS = 3

/** Silences, and what a new one would hold back before it is made. */
export function silencesPages(rooms: FrameRooms & { readonly silences: Silences; readonly digests: Digests }): Router {
  const { silences, digests, visitorOf } = rooms
  const router = Router()
  router.get('/silences', (request, response) => {
    const draft = draftIn(request, visitorOf(request).name ?? '')
    const preview = request.query['matchers'] === undefined ? undefined : previewOf(silences, draft)
    const state: SilencesView['state'] = request.query['state'] === 'all' ? 'all' : 'live'
    const view = {
      silences: silences.list(state).slice(0, MOST),
      state,
      draft,
      openings: openingsOf(digests, rooms.api),
      ...(preview !== undefined && { preview }),
    }
    showScreen(rooms, request, response, (context) => silencesScreen(context, view))
  })
  // What a form has made is shown in the list.
  router.get('/silences/:key', (_request, response) => response.redirect('/silences'))
  return router
}

/** When desks open next, by their digests: a moment that several share stands once. */
function openingsOf(digests: Digests, api: FrameRooms['api']): readonly string[] {
  const shown = digests.show()
  if (!shown.ok) return []
  const times = shown.value.digests.flatMap(({ period, dueAt = [] }) => (period === 'day' ? dueAt : []))
  const { timeZone } = api.months()
  return [...new Set(times)]
    .toSorted((a, b) => a - b)
    .slice(0, MOST_OPENINGS)
    .map((time) => isoIn(time, timeZone))
}

/** What was typed so far, or what the link that led here is about. */
function draftIn({ query }: Request, visitor: string): SilenceDraft {
  // A button may say the end once more, after a field that was left empty.
  const text = (name: string, otherwise: string) => {
    const last = [query[name]].flat().at(-1)
    return typeof last === 'string' ? last : otherwise
  }
  const journey = text('journey', '')
  return {
    matchers: text('matchers', journey === '' ? '' : `journey=${journey}`),
    for: text('for', '1h'),
    to: text('to', ''),
    reason: text('reason', ''),
    owner: text('owner', visitor),
  }
}

function previewOf(
  silences: Silences,
  { matchers, for: length, to, reason, owner }: SilenceDraft,
): SilencesView['preview'] {
  const { list = [] } = bodyOf({ 'list:list': matchers }) as { readonly list?: readonly string[] }
  const end = to === '' ? { for: length } : { to }
  const previewed = silences.preview({ type: 'add', matchers: list, owner, reason, ...end })
  if (!previewed.ok) {
    return { ok: false, lines: problemLines(previewed.problems) }
  }
  const { silence, matches } = previewed.value
  return { ok: true, until: silence.to, ...matches }
}

import { pageOf, type SilenceDraft, type SilencesView, silencesScreen } from '@tabiji/dashboard'
import { type Request, Router } from 'express'
import type { Silences } from '../../ports/silences.ts'
import { aroundOf, type FrameRooms } from './around.ts'
import { bodyOf } from './fields.ts'
import { sendPage } from './send.ts'

/** Silences, and what a new one would hold back before it is made. */
export function silencesPages(rooms: FrameRooms & { readonly silences: Silences }): Router {
  const { silences, visitorOf } = rooms
  const router = Router()
  router.get('/silences', (request, response) => {
    const draft = draftIn(request, visitorOf(request).name ?? '')
    const preview = request.query['matchers'] === undefined ? undefined : previewOf(silences, draft)
    const view = { silences: silences.list('live'), draft, ...(preview !== undefined && { preview }) }
    sendPage(
      response,
      pageOf(aroundOf(rooms, request, response), (context) => silencesScreen(context, view)),
    )
  })
  // What a form has made is shown in the list.
  router.get('/silences/:key', (_request, response) => response.redirect('/silences'))
  return router
}

/** What was typed so far, or what the link that led here is about. */
function draftIn({ query }: Request, visitor: string): SilenceDraft {
  const text = (name: string, otherwise: string) => (typeof query[name] === 'string' ? query[name] : otherwise)
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
    const lines = previewed.problems.map(({ message, hint }) => (hint === undefined ? message : `${message} (${hint})`))
    return { ok: false, lines }
  }
  const { silence, matches } = previewed.value
  return { ok: true, until: silence.to, ...matches }
}

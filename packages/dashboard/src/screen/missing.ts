import { html, NOTHING } from '@tabiji/report/page'
import type { Context } from '../page/context.ts'
import type { Screen } from '../page/frame.ts'
import { SIGN_IN_WORDS } from '../words/sign-in.ts'

/** A page that could not be shown. @param said why, in English, where neither "missing" nor "failed" says it */
export type MissingView = {
  readonly status: number
  readonly path: string
  readonly said: string
  /** What the log calls a failure of ours. */
  readonly id?: string
}

/** Says what became of an address, and leads back to where there is something. */
export function missingScreen({ language }: Context, { status, path, said, id }: MissingView): Screen {
  const words = SIGN_IN_WORDS[language]
  const title = status === 404 ? words.missing : status >= 500 ? words.failed : words.refused
  const why =
    status === 404
      ? html`<p>${words.missingWhy(path)}</p>`
      : status >= 500
        ? html`<p>${words.failedWhy}${id === undefined ? NOTHING : html` <code>${id}</code>`}</p>`
        : html`<p lang="en">${said}</p>`
  const body = html`<h1>${title}</h1>\n${why}\n<p><a href="/journeys">${words.toJourneys}</a></p>`
  return { title, under: 'settings', body, isStill: true }
}

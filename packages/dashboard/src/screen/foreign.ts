import { html } from '@tabiji/report/page'
import type { Context } from '../page/context.ts'
import type { Screen } from '../page/frame.ts'
import { REFUSED_WORDS } from '../words/refused.ts'

/** A form that no page of ours is known to have sent. @param isOurs the browser says that one did, and has lost its session since */
export type ForeignView = { readonly isOurs: boolean; readonly back: string }

/** Says that nothing was done, and why it may have come; what it asked for is not repeated. */
export function foreignScreen({ language }: Context, { isOurs, back }: ForeignView): Screen {
  const words = REFUSED_WORDS[language]
  const body = html`<h1>${words.foreign}</h1>
<div class="notice refused" role="alert"><p>${isOurs ? words.lapsed : words.foreignWhy}</p></div>
<p>${isOurs ? words.noCookies : words.foreignHow}</p>
<p><a href="${back}">${words.openAgain}</a></p>`
  return { title: words.foreign, under: 'settings', body, isStill: true }
}

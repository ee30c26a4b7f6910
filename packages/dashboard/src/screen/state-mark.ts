import { html, MARK, type Markup } from '@tabiji/report/page'
import type { Context } from '../page/context.ts'
import type { Standing } from '../view/standing.ts'

/** A state as mark and word. Without fresh data it stays what it was, and says so. @param word whether it is seen or only heard */
export function stateMark(context: Context, standing: Standing | undefined, word: 'seen' | 'heard'): Markup {
  const state = standing?.state ?? 'unjudged'
  const name = context.shared.states[state]
  const told = html`<span class="${word === 'seen' ? '' : 'hidden'}">${name}</span>`
  return html`<span class="mark ${state}" aria-hidden="true" title="${name}">${MARK[state]}</span> ${told}${staleWord(context, standing)}`
}

/** Beside whatever was not read lately; what never had an event waits for one instead. */
export function staleWord({ frame }: Context, standing: Standing | undefined): Markup {
  if (standing === undefined || standing.fresh || standing.valid === 0) return html``
  return html` <span class="old">${frame.stale}</span>`
}

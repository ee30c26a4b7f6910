import { html, MARK, type Markup, NOTHING } from '@tabiji/report/page'
import type { Context } from '../page/context.ts'
import type { Standing } from '../view/standing.ts'

/** A state as mark, and as a word for who does not see it. */
export function stateMark({ shared }: Context, standing: Standing | undefined): Markup {
  const state = standing?.state ?? 'unjudged'
  const name = shared.states[state]
  return html`<span class="mark ${state}" aria-hidden="true" title="${name}">${MARK[state]}</span> <span class="hidden">${name}</span>`
}

/** Beside whatever was not read lately: it stays what it was. What never had an event waits for one instead. */
export function staleWord({ frame }: Context, standing: Standing | undefined): Markup {
  if (standing === undefined || standing.fresh || standing.valid === 0) return NOTHING
  return html` <span class="old">${frame.stale}</span>`
}

import { html, type Markup } from '@tabiji/report/page'
import type { Panel } from './around.ts'
import type { Context } from './context.ts'

/**
 * A part of a page; or, where it could not be asked for, what failed, what to do, and by which name the log has it. The rest
 * of the page stands.
 *
 * @param what the part's heading
 */
export function panelOf({ around, frame }: Context, panel: Panel, what: string, draw: () => Markup): Markup {
  const id = around.failed[panel]
  if (id === undefined) return draw()
  return html`<div class="notice refused failed"><p><strong>${frame.failed(what)}</strong></p>
<p>${frame.failedHow(id)}</p></div>\n`
}

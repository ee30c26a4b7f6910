import { html, type Markup } from '@tabiji/report/page'
import type { Context } from './context.ts'
import { hiddenField } from './field.ts'

/** A form that is posted, with the proof that it was made here and the page to come back to. */
export function formOf({ around }: Context, action: string, fields: Markup, kind = ''): Markup {
  return html`<form method="post" action="${action}" class="${kind}">
${hiddenField('form', around.formToken)}${hiddenField('back', around.path)}
${fields}
</form>`
}

/**
 * A button that does something at once. It can be seen but not pressed by who may not, and says why.
 *
 * @param key the letter that presses it
 */
export function actionOf(
  context: Context,
  action: string,
  label: string | Markup,
  more?: Markup,
  key?: string,
): Markup {
  const denied = deniedOf(context)
  if (denied !== undefined) return html`<button disabled title="${denied}">${label}</button>`
  return formOf(
    context,
    action,
    html`${more ?? []}<button${key === undefined ? [] : html` data-key="${key}"`}>${label}</button>`,
    'inline',
  )
}

/** Why the visitor cannot change anything; nothing when they can. */
function deniedOf({ around: { visitor }, frame }: Context): string | undefined {
  if (visitor.may === 'read') return visitor.name === undefined ? frame.mustSignIn : frame.mayRead(visitor.name)
  return visitor.name === undefined ? frame.mustSignIn : undefined
}

/** A form with fields, folded until somebody wants it; shown as a button that cannot be pressed to who may not. */
export function sheetOf(context: Context, action: string, label: string, fields: Markup): Markup {
  const denied = deniedOf(context)
  if (denied !== undefined) return html`<button disabled title="${denied}">${label}</button>`
  return html`<details class="sheet"><summary>${label}</summary>${formOf(context, action, html`${fields}<button class="primary">${label}</button>`, 'sheet')}</details>\n`
}

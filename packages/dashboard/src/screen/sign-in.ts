import { html, type Markup, NOTHING } from '@tabiji/report/page'
import type { Context } from '../page/context.ts'
import { hiddenField } from '../page/field.ts'
import { formOf } from '../page/form.ts'
import type { Screen } from '../page/frame.ts'
import { SIGN_IN_WORDS, type SignInWords } from '../words/sign-in.ts'

export type SignInView = {
  /** Where to go afterwards: a path of this house. */
  readonly to: string
  /** What is asked for: a name that proves nothing, or a token. */
  readonly asks: 'name' | 'token'
  /** What was wrong with what was given. */
  readonly wrong?: 'token' | 'name'
  /** How long nobody may try again, whole seconds. */
  readonly waitSeconds?: number
}

/** Who looks: asks for it, or says it and lets them leave. */
export function signInScreen(context: Context, view: SignInView): Screen {
  const words = SIGN_IN_WORDS[context.language]
  const { visitor } = context.around
  const body =
    visitor.name === undefined
      ? html`<h1>${words.heading}</h1>\n${wrongOf(words, view)}${askOf(context, words, view)}`
      : html`<h1>${words.as(visitor.name)}</h1>\n<p>${words.by[visitor.by]} ${words.may[visitor.may]}</p>
${visitor.by === 'proxy' ? NOTHING : formOf(context, '/sign-out', html`<button>${words.out}</button>`)}
<p><a href="${view.to}">${words.goOn}</a></p>`
  return { title: words.heading, under: 'settings', body, isStill: true }
}

function askOf(context: Context, words: SignInWords, { to, asks }: SignInView): Markup {
  const field =
    asks === 'name'
      ? html`<label>${words.name} <input name="name" required maxlength="100" autocomplete="username" autofocus></label>
<p>${words.nameWhy}</p>`
      : html`<label>${words.token} <input type="password" name="token" required autocomplete="current-password" autofocus></label>
<p>${words.tokenWhy}</p>`
  return formOf(
    context,
    '/sign-in',
    html`${hiddenField('to', to)}${field}<button class="primary">${words.heading}</button>`,
    'sheet',
  )
}

function wrongOf(words: SignInWords, { wrong, waitSeconds }: SignInView): Markup {
  if (wrong === undefined && waitSeconds === undefined) return NOTHING
  const text = waitSeconds !== undefined ? words.slower(waitSeconds) : wrong === 'name' ? words.noName : words.wrong
  return html`<p class="notice refused" role="alert">${text}</p>\n`
}

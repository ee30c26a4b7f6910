import { exactly, html, type Markup, NOTHING } from '@tabiji/report/page'
import type { Context } from '../page/context.ts'
import { formOf } from '../page/form.ts'
import type { Screen } from '../page/frame.ts'
import { REFUSED_WORDS, type RefusedWords } from '../words/refused.ts'

/** A form that was not taken: what was asked, what was typed, and everything that speaks against it. */
export type RefusedView = {
  readonly action: string
  readonly back: string
  readonly fields: Readonly<Record<string, string | readonly string[] | undefined>>
  readonly lines: readonly string[]
  /** Nothing speaks against it but that the browser has lost the session in which its page was made. */
  readonly lapsed?: true
}

/** Gives back what was typed, so that it can be mended and sent again. */
export function refusedScreen(context: Context, { action, back, fields, lines, lapsed }: RefusedView): Screen {
  const { frame, around } = context
  const words = REFUSED_WORDS[context.language]
  const typed = Object.entries(fields).flatMap(([name, value = '']) =>
    [value].flat().map((text) => {
      const label = name.replace(/:.*$/, '')
      return text.length > 60 || text.includes('\n')
        ? html`<label>${label} <textarea name="${name}">\n${exactly(text)}</textarea></label>\n`
        : html`<label>${label} <input name="${name}" value="${text}"></label>\n`
    }),
  )
  const body = html`<h1>${frame.refused}</h1>
<div class="notice refused" role="alert">${lapsed === true ? html`<p>${words.lapsed}</p>` : lines.map((line) => html`<p lang="en">${line}</p>`)}</div>
${lapsed === true ? html`<p>${words.sendTyped} ${words.noCookies}</p>` : NOTHING}${around.visitor.name === undefined ? signInOf(words, back) : NOTHING}
${formOf(context, action, html`${typed}<button class="primary">${frame.sendAgain}</button>`, 'sheet')}
<p><a href="${back}">${frame.back}</a></p>`
  return { title: frame.refused, under: 'settings', body, isStill: true }
}

/** In another tab, so that what was typed stays in this one. */
function signInOf(words: RefusedWords, back: string): Markup {
  return html`<p>${words.signInBeside} <a href="/sign-in?to=${encodeURIComponent(back)}" target="_blank" rel="noopener">${words.signIn}</a></p>`
}

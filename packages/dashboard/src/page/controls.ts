import { html, type Markup, NOTHING } from '@tabiji/report/page'
import type { Context } from './context.ts'
import { formOf } from './form.ts'

const LANGUAGE_NAMES = { en: 'English', ja: '日本語' } as const
const THEMES = ['system', 'light', 'dark'] as const

/** Language, light and who looks: plain forms, so that they work without script. */
export function controls(context: Context): Markup {
  const { frame, language, around } = context
  const other = language === 'en' ? 'ja' : 'en'
  const next = THEMES[(THEMES.indexOf(around.theme) + 1) % THEMES.length] ?? 'system'
  const { name } = around.visitor
  const who =
    name === undefined
      ? html`<a href="/sign-in?to=${encodeURIComponent(around.path)}">${frame.signIn}</a>`
      : html`<a href="/sign-in?to=${encodeURIComponent(around.path)}" title="${frame.signedInAs(name)}">${name}</a>`
  const taste = html`<button name="language" value="${other}" lang="${other}">${LANGUAGE_NAMES[other]}</button>
<button name="theme" value="${next}" title="${frame.themeNext(frame.themes[next])}"><span aria-hidden="true">◐</span> <span class="hidden">${frame.theme}: </span>${frame.themes[around.theme]}</button>`
  return html`<div class="controls">
${around.formToken === '' ? NOTHING : formOf(context, '/view', taste)}
${who}
</div>`
}

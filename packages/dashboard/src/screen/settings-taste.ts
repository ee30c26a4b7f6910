import { html, type Markup, NOTHING } from '@tabiji/report/page'
import type { Context } from '../page/context.ts'
import { formOf } from '../page/form.ts'
import { SECTIONS } from '../page/section.ts'
import { headOf } from '../page/table.ts'
import type { SettingsWords } from '../words/settings.ts'

const LANGUAGES = { en: 'English', ja: '日本語' } as const

/** That of the journeys file, whatever it is by then. */
const HOUSE_ZONE = 'house'

/** What a reader chooses for themselves; it is kept by their browser. */
export function tasteOf(context: Context, words: SettingsWords): Markup {
  const { frame, language, around } = context
  const option = (value: string, label: string, now: string) =>
    html`<option value="${value}"${value === now ? html` selected` : NOTHING}>${label}</option>`
  const languages = Object.entries(LANGUAGES).map(([value, label]) => option(value, label, language))
  const themes = Object.entries(frame.themes).map(([value, label]) => option(value, label, around.theme))
  const other = [around.houseZone, 'UTC'].includes(around.zone) ? [] : [around.zone]
  const named = ['UTC', ...other].filter((zone) => zone !== around.houseZone)
  const chosen = around.zone === around.houseZone ? HOUSE_ZONE : around.zone
  const zones = [option(HOUSE_ZONE, around.houseZone, chosen), ...named.map((zone) => option(zone, zone, chosen))]
  return html`<h2>${words.look}</h2>
${formOf(
  context,
  '/view',
  html`<label>${words.language} <select name="language">${languages}</select></label>
<label>${frame.theme} <select name="theme">${themes}</select></label>
<label>${words.zone} <select name="zone">${zones}<option data-own-zone hidden disabled>${words.ownZone}</option></select></label>
<button class="primary">OK</button>`,
  'sheet',
)}\n`
}

/** All keys, and the switch for who speaks to the machine. */
export function keysOf(context: Context, words: SettingsWords): Markup {
  const { frame, around } = context
  const keys = [
    ...SECTIONS.map((section) => [`g ${section.slice(0, 1)}`, words.goTo(frame.sections[section])]),
    ['j k', words.walk],
    ['Enter', words.enter],
    ['/', words.filter],
    ['e', words.acknowledge],
    ['s', words.silence],
    ['[ ]', words.months],
    [', . z x', words.course],
    ['← →', words.cursor],
    ['c', frame.copyLink],
    ['Esc', words.escape],
    ['?', words.thisPage],
  ]
  const rows = keys.map(
    ([key, does]) => html`<tr><th scope="row"><kbd>${key ?? ''}</kbd></th><td>${does ?? ''}</td></tr>\n`,
  )
  const button = html`<button name="keys" value="${around.keys ? 'off' : 'on'}">${around.keys ? words.turnOff : words.turnOn}</button>`
  return html`<h2 id="keys">${words.keys}</h2>
<p>${around.keys ? words.keysOn : words.keysOff}</p>${formOf(context, '/view', button)}
<table class="keys"><caption class="hidden">${words.keys}</caption>
<thead><tr>${headOf([[words.key], [words.does]])}</tr></thead><tbody>
${rows}</tbody></table>`
}

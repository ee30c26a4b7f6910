import { html, type Markup } from '@tabiji/report/page'
import type { Context } from '../page/context.ts'
import type { Screen } from '../page/frame.ts'
import { panelOf } from '../page/panel.ts'
import { headOf } from '../page/table.ts'
import { timeOf } from '../page/time.ts'
import type { SettingsView } from '../view/settings.ts'
import { SETTINGS_WORDS, type SettingsWords } from '../words/settings.ts'
import { doctorOf } from './settings-doctor.ts'
import { inForceOf } from './settings-force.ts'
import { keysOf, tasteOf } from './settings-taste.ts'

/** What is in force, read only; and what a reader chooses for themselves. */
export function settingsScreen(context: Context, view: SettingsView): Screen {
  const words = SETTINGS_WORDS[context.language]
  const body = html`<h1>${words.heading}</h1>
${panelOf(context, 'checks', words.health, () => healthOf(words, view))}${panelOf(context, 'doctor', words.doctor, () => doctorOf(context, words, view))}${panelOf(context, 'settings', words.inForce, () => inForceOf(context, words, view))}${panelOf(context, 'receivers', words.receivers, () => receiversOf(words, view))}${panelOf(context, 'revisions', words.revisions, () => revisionsOf(context, words, view))}
<p>${words.readOnly}</p>
${tasteOf(context, words)}${keysOf(context, words)}`
  return { title: words.heading, under: 'settings', body }
}

function healthOf(words: SettingsWords, { checks }: SettingsView): Markup {
  const rows = checks.map(
    ({ name, status, message }) => html`<tr><th scope="row">${name}</th>
<td data-label="${words.state}"><span>${words.states[status]}</span></td>
<td data-label="${words.message}"><span lang="en">${message}</span></td></tr>\n`,
  )
  return html`<div id="health" data-live><table class="wide"><caption>${words.health}</caption>
<thead><tr>${headOf([[words.check], [words.state], [words.message]])}</tr></thead><tbody>
${rows}</tbody></table></div>\n`
}

function receiversOf(words: SettingsWords, { receivers }: SettingsView): Markup {
  if (receivers.length === 0) return html`<h2>${words.receivers}</h2><p class="empty">${words.noReceivers}</p>\n`
  const rows = receivers.map(({ name, kind, levels, isFallback }) => {
    const told = [...levels.map(words.level), ...(isFallback ? [words.fallback] : [])]
    return html`<tr><th scope="row">${name}</th><td data-label="${words.kind}"><span>${kind}</span></td>
<td data-label="${words.told}"><span>${told.join(' · ') || words.toldNothing}</span></td></tr>\n`
  })
  const missing = ([1, 2, 3] as const).filter((level) => !receivers.some(({ levels }) => levels.includes(level)))
  return html`<table class="wide"><caption>${words.receivers}</caption>
<thead><tr>${headOf([[words.receiver], [words.kind], [words.told]])}</tr></thead><tbody>
${rows}</tbody></table>
${missing.map((level) => html`<p class="stale">${words.nobody(level)}</p>\n`)}`
}

function revisionsOf(context: Context, words: SettingsWords, { revisions }: SettingsView): Markup {
  if (revisions.length === 0) return html`<h2>${words.revisions}</h2><p class="empty">${words.noRevisions}</p>\n`
  const rows = revisions.map(({ appliesFrom, fingerprint, changes }) => {
    const names = changes.flatMap((change) => ('name' in change ? [change.name] : []))
    const what = changes.length === 0 ? words.first : names.join(', ') || words.otherChange
    return html`<tr><th scope="row">${timeOf(context, appliesFrom)}</th>
<td data-label="${words.fingerprint}"><span><code>${fingerprint}</code></span></td>
<td data-label="${words.changes}"><span>${what}</span></td></tr>\n`
  })
  return html`<table class="wide"><caption>${words.revisions}</caption>
<thead><tr>${headOf([[words.from], [words.fingerprint], [words.changes]])}</tr></thead><tbody>
${rows}</tbody></table>\n`
}

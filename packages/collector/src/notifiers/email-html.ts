import { clip } from './clip.ts'
import type { Message } from './message.ts'
import type { Language } from './words/catalogue.ts'

const TEXT = 'font-family:sans-serif;font-size:14px;line-height:1.5;color:#1a1a1a'
const QUIET = 'color:#5a5a5a'
const LABEL =
  'padding:2px 16px 2px 0;vertical-align:top;white-space:nowrap;color:#5a5a5a;text-align:left;font-weight:normal'
const VALUE = 'padding:2px 0;vertical-align:top'

/** Longest a single part may be; all of them together stay far below what servers take. */
const MAX_PART = 5_000
/** A cut address leads nowhere, so a longer one is left out. */
const MAX_URL = 2_000

/** A message as simple HTML: no pictures, nothing that is loaded from anywhere, readable where styles are dropped. */
export function htmlOf({ title, lead, fields, notes, links, footer }: Message, language: Language): string {
  const rows = fields.map(
    ({ label, value }) =>
      `<tr><th style="${LABEL}">${escaped(label)}</th><td style="${VALUE}">${escaped(value)}</td></tr>`,
  )
  const addresses = links
    .filter(({ url }) => url.length <= MAX_URL)
    .map(({ label, url }) => `<a href="${escaped(url)}">${escaped(label)}</a>`)
  return [
    `<!doctype html><html lang="${language}"><head><meta charset="utf-8"></head><body style="${TEXT}">`,
    `<h1 style="font-size:18px">${escaped(title)}</h1>`,
    `<p>${escaped(lead)}</p>`,
    ...(rows.length === 0 ? [] : [`<table style="${TEXT};border-collapse:collapse">${rows.join('')}</table>`]),
    ...notes.map((note) => `<p>${escaped(note)}</p>`),
    ...(addresses.length === 0 ? [] : [`<p>${addresses.join(' · ')}</p>`]),
    `<p style="${QUIET}">${escaped(footer)}</p></body></html>`,
  ].join('\n')
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function escaped(text: string): string {
  return clip(text, MAX_PART).replace(/[&<>"']/g, (sign) => ESCAPES[sign] ?? sign)
}

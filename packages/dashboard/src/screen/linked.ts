import { html, type Markup } from '@tabiji/report/page'

/** Only addresses of the web are links; whatever else stands there is told as text. */
export function linked(address: string | undefined, text: string): Markup {
  return address !== undefined && /^https?:\/\//.test(address) ? html`<a href="${address}">${text}</a>` : html`${text}`
}

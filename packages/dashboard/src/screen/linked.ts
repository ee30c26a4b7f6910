import { html, type Markup } from '@tabiji/report/page'

/** Only addresses of the web are links; whatever else stands there is told as text. */
export function linked(address: string | undefined, text: string): Markup {
  return isOfWeb(address) ? html`<a href="${address}">${text}</a>` : html`${text}`
}

/** The same for what may be a path in somebody's repository, which is told besides. */
export function linkedOrTold(address: string, text: string): Markup {
  return isOfWeb(address) ? linked(address, text) : html`${text}: <code>${address}</code>`
}

function isOfWeb(address: string | undefined): address is string {
  return address !== undefined && /^https?:\/\//.test(address)
}

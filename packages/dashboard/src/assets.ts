import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { STYLE } from './page/style.ts'

/** A file that pages load, with the address that changes when its content does. */
export type Asset = { readonly name: string; readonly type: string; readonly body: string }

const ICON = (mark: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="6" fill="#1a1f26"/>${mark}</svg>`

/** By the package's own name, which holds wherever this module is bundled into. */
const SCRIPT = createRequire(import.meta.url).resolve('@tabiji/dashboard/pages.js')

/** Everything that pages load: one sheet of style, one script, and the two faces of the icon. */
export function readAssets(): { readonly style: string; readonly script: string; readonly files: readonly Asset[] } {
  const code = readFileSync(SCRIPT, 'utf8')
  const style = hashed('pages', 'css', 'text/css', STYLE)
  const script = hashed('pages', 'js', 'text/javascript', code)
  const icon = (name: string, mark: string) => ({ name: `${name}.svg`, type: 'image/svg+xml', body: ICON(mark) })
  return {
    style: `/assets/${style.name}`,
    script: `/assets/${script.name}`,
    files: [
      style,
      script,
      icon('calm', '<circle cx="16" cy="16" r="8" fill="none" stroke="#fff" stroke-width="4"/>'),
      icon('ringing', '<path d="M16 5 28 26H4Z" fill="#f986d2"/>'),
    ],
  }
}

function hashed(name: string, ending: string, type: string, body: string): Asset {
  const hash = createHash('sha256').update(body).digest('hex').slice(0, 12)
  return { name: `${name}.${hash}.${ending}`, type: `${type}; charset=utf-8`, body }
}

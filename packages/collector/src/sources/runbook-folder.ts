import { closeSync, openSync, readSync, realpathSync } from 'node:fs'
import { join, sep } from 'node:path'
import { firstStepOf } from '@tabiji/core/alert'
import type { Runbooks } from '../ports/runbooks.ts'
import { pagesOf } from './runbook-pages.ts'

/** Where the pages behind addresses are kept as Markdown. */
type Place = {
  /** What the addresses begin with, such as `https://wiki.example.org/runbooks/`. */
  readonly address: string
  /** Absolute. */
  readonly folder: string
}

/** The first step stands at the beginning. */
const MAX_BYTES = 64 * 1024

/**
 * Reads runbooks from folders: behind `https://wiki…/runbooks/` the page `checkout` is the file `checkout.md` or
 * `checkout/README.md`. Nothing outside a folder is read, whatever an address or a link in the folder says.
 */
export function createRunbookFolders(places: readonly Place[]): Runbooks {
  return {
    all: () =>
      places.flatMap((place) => pagesOf(place).flatMap(({ runbook }) => (runbook === undefined ? [] : [runbook]))),
    firstStep: (address) => {
      const place = places.find((each) => address.startsWith(each.address))
      if (place === undefined) return undefined
      const page = address
        .slice(place.address.length)
        .replace(/[?#].*$/, '')
        .replace(/\/+$/, '')
      const names = page.endsWith('.md') ? [page] : [`${page}.md`, `${page}/README.md`]
      const text = names.map((name) => readInside(place.folder, name)).find((each) => each !== undefined)
      return text === undefined ? undefined : firstStepOf(text)
    },
  }
}

function readInside(folder: string, name: string): string | undefined {
  try {
    const root = realpathSync(folder)
    const file = realpathSync(join(root, decodeURIComponent(name)))
    return file.startsWith(root + sep) ? readBeginning(file) : undefined
  } catch {
    // No such page, no such folder, or nothing that may be read: the alert goes out without its first step.
    return undefined
  }
}

function readBeginning(file: string): string {
  const handle = openSync(file, 'r')
  try {
    const bytes = Buffer.alloc(MAX_BYTES)
    return bytes.subarray(0, readSync(handle, bytes, 0, MAX_BYTES, 0)).toString('utf8')
  } finally {
    closeSync(handle)
  }
}

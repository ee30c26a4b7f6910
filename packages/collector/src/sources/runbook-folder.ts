import { closeSync, openSync, readSync, realpathSync } from 'node:fs'
import { join, sep } from 'node:path'
import { firstStepOf } from '@tabiji/core/alert'
import type { Runbook } from '@tabiji/core/runbook'
import type { Runbooks } from '../ports/runbooks.ts'
import { pageFiles, readPage, stampOf } from './runbook-pages.ts'

/** Where the pages behind addresses are kept as Markdown. */
type Place = {
  /** What the addresses begin with, such as `https://wiki.example.org/runbooks/`. */
  readonly address: string
  /** Absolute. */
  readonly folder: string
}

/** More than anybody works through at night. */
const MAX_BYTES = 64 * 1024

/**
 * Reads runbooks from folders: behind `https://wiki…/runbooks/` the page `checkout` is the file `checkout.md` or
 * `checkout/README.md`. Nothing outside a folder is read, whatever an address or a link in the folder says.
 */
export function createRunbookFolders(places: readonly Place[]): Runbooks {
  const registers = places.map(createRegister)
  return {
    all: () => registers.flatMap((read) => read()),
    firstStep: (address) => {
      const text = textAt(places, address)
      return text === undefined ? undefined : firstStepOf(text)
    },
    text: (address) => textAt(places, address),
  }
}

function textAt(places: readonly Place[], address: string): string | undefined {
  const place = places.find((each) => address.startsWith(each.address))
  if (place === undefined) return undefined
  const page = address
    .slice(place.address.length)
    .replace(/[?#].*$/, '')
    .replace(/\/+$/, '')
  const names = page.endsWith('.md') ? [page] : [`${page}.md`, `${page}/README.md`]
  return names.map((name) => readInside(place.folder, name)).find((each) => each !== undefined)
}

/**
 * What the pages of a place say of themselves. Alerts come in swarms, so a page is read again only when its file has changed;
 * folders are looked through each time, for one that was mended a minute ago is the one that is told.
 */
function createRegister({ address, folder }: Place): () => readonly Runbook[] {
  let known: ReadonlyMap<string, { readonly stamp: string; readonly said: readonly Runbook[] }> = new Map()
  return () => {
    const found = pageFiles(folder).flatMap((file) => {
      const stamp = stampOf(file.path)
      if (stamp === undefined) return []
      const before = known.get(file.path)
      if (before?.stamp === stamp) return [[file.path, before] as const]
      const runbook = readPage(file, address)?.runbook
      return [[file.path, { stamp, said: runbook === undefined ? [] : [runbook] }] as const]
    })
    known = new Map(found)
    return found.flatMap(([, { said }]) => said)
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

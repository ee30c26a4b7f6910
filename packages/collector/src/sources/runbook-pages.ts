import { type Dirent, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { type FrontMatter, type Runbook, readFrontMatter } from '@tabiji/core/runbook'

/** A folder of pages, and what their addresses begin with. */
type Place = { readonly address: string; readonly folder: string }

/** A page as it lies in a folder. */
export type Page = {
  /** Absolute. */
  readonly path: string
  /** Below its folder, with `/`. */
  readonly file: string
  readonly text: string
  readonly matter: FrontMatter
  /** Absent where the front matter says nothing that can be read. */
  readonly runbook?: Runbook
}

const MOST_PAGES = 1_000
/** Entries of folders that are looked at, so that a whole disk that was named by mistake ends soon. */
const MOST_ENTRIES = 20_000
const LARGEST_BYTES = 512 * 1024
const DEEPEST = 8

/** The pages below a folder, by name. A page that cannot be read, or is too large to be one, is left out. Never throws. */
export function pagesOf(place: Place): readonly Page[] {
  return pageFiles(place.folder).flatMap((file) => readPage(file, place.address) ?? [])
}

/** Where a page lies: `path` is absolute, `file` below its folder. */
type PageFile = Pick<Page, 'path' | 'file'>

/** The files below a folder, by name; links in it are not followed, hidden ones and `node_modules` are left out. Never throws. */
export function pageFiles(folder: string): readonly PageFile[] {
  const root = attempt(() => realpathSync(folder))
  if (root === undefined) return []
  const found: string[] = []
  const waiting = [{ path: root, depth: 0 }]
  let looked = 0
  for (let next = waiting.pop(); next !== undefined && found.length < MOST_PAGES; next = waiting.pop()) {
    const { path, depth } = next
    for (const entry of attempt(() => readdirSync(path, { withFileTypes: true })) ?? []) {
      looked += 1
      if (looked > MOST_ENTRIES) break
      if (isHidden(entry)) continue
      const below = join(path, entry.name)
      if (entry.isDirectory() && depth < DEEPEST) waiting.push({ path: below, depth: depth + 1 })
      if (entry.isFile() && /\.md$/i.test(entry.name)) found.push(below)
    }
  }
  return found
    .toSorted()
    .slice(0, MOST_PAGES)
    .map((path) => ({ path, file: relative(root, path).split(sep).join('/') }))
}

function isHidden({ name }: Dirent): boolean {
  return name.startsWith('.') || name === 'node_modules'
}

/** What changes when a page does; nothing where there is none. */
export function stampOf(path: string): string | undefined {
  return attempt(() => {
    const { ino, size, mtimeNs, ctimeNs } = statSync(path, { bigint: true })
    return [ino, size, mtimeNs, ctimeNs].join(':')
  })
}

/** Reads a page; nothing where it cannot be read, or is too large to be one. Never throws. */
export function readPage({ path, file }: PageFile, address: string): Page | undefined {
  return attempt((): Page | undefined => {
    if (statSync(path).size > LARGEST_BYTES) return undefined
    const text = readFileSync(path, 'utf8')
    const matter = readFrontMatter(text, path)
    if (matter.stated === undefined) return { path, file, text, matter }
    const { link, ...stated } = matter.stated
    return { path, file, text, matter, runbook: { ...stated, file, address: link ?? addressOf(file, address) } }
  })
}

/** The address of `checkout.md` ends in `checkout`, that of `checkout/README.md` too. */
function addressOf(file: string, address: string): string {
  const page = file.replace(/(^|\/)README\.md$/i, '').replace(/\.md$/i, '')
  return address + page.split('/').map(encodeURIComponent).join('/')
}

function attempt<T>(run: () => T): T | undefined {
  try {
    return run()
  } catch {
    return undefined
  }
}

import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'

/** A stretch of a text between `<!-- tabiji:NAME -->` and `<!-- /tabiji:NAME -->`, which was written from the record. */
export type FoundBlock = { readonly name: string; readonly content: string; readonly line: number }

/** What of a text somebody wrote over, though the record says something new since: both are there to choose from. */
type Conflict = { readonly name: string; readonly line: number; readonly fresh: string }

export type Merged = {
  readonly text: string
  /** By block, the hash of what was last written from the record. */
  readonly hashes: Readonly<Record<string, string>>
  readonly conflicts: readonly Conflict[]
}

const BLOCK = /<!-- tabiji:([\w-]+) -->\r?\n([\s\S]*?)<!-- \/tabiji:\1 -->/g

export function blockOf(name: string, content: string): string {
  return `<!-- tabiji:${name} -->\n${content.trim()}\n<!-- /tabiji:${name} -->`
}

/** Tells whether a block is as it was written: line ends and blanks at the edges do not count. */
export function hashOf(content: string): string {
  return bytesToHex(sha256(utf8ToBytes(content.replace(/\r\n/g, '\n').trim()))).slice(0, 16)
}

export function blocksIn(text: string): readonly FoundBlock[] {
  return [...text.matchAll(BLOCK)].map(({ 1: name = '', 2: content = '', index }) => ({
    name,
    content: content.trim(),
    line: text.slice(0, index).split('\n').length,
  }))
}

/**
 * Writes the record's new words into the blocks of a text that nobody edited; everything else stays as people wrote it. A block
 * that was taken out stays out, and one that was emptied is written again.
 *
 * @param fresh by block, what the record says now
 * @param known by block, the hash of what was written before
 */
export function mergeBlocks(
  text: string,
  fresh: Readonly<Record<string, string>>,
  known: Readonly<Record<string, string>>,
): Merged {
  const conflicts: Conflict[] = []
  const hashes: Record<string, string> = {}
  const merged = text.replace(BLOCK, (whole: string, name: string, content: string, index: number) => {
    const now = fresh[name]
    if (now === undefined) return whole
    const is = hashOf(content)
    const wasWritten = known[name]
    if (content.trim() === '' || is === wasWritten || is === hashOf(now)) {
      hashes[name] = hashOf(now)
      return blockOf(name, now)
    }
    if (wasWritten !== undefined) hashes[name] = wasWritten
    const line = text.slice(0, index).split('\n').length
    if (wasWritten !== hashOf(now)) conflicts.push({ name, line, fresh: now.trim() })
    return whole
  })
  return { text: merged, hashes, conflicts }
}

import { closeSync, openSync, readSync, statSync } from 'node:fs'

const MAGIC = 'SQLite format 3\u0000'

/**
 * Looks whether a store's file is still the one that was opened. SQLite reads what it knows from its memory and would go on writing
 * into a file that was deleted, replaced or written over; all of that would be lost at the next start.
 *
 * @returns a look that says what is wrong, or nothing
 */
export function watchFile(file: string): () => string | undefined {
  if (file === ':memory:') return () => undefined
  const { ino, dev } = statSync(file)
  return () => {
    try {
      const found = statSync(file)
      if (found.ino !== ino || found.dev !== dev)
        return `${file} is not the file any more that was opened; restart the collector`
      return isDatabase(file) ? undefined : `${file} was written over; stop the collector and use tabiji restore`
    } catch (error) {
      return `${file} cannot be read (${(error as NodeJS.ErrnoException).code})`
    }
  }
}

function isDatabase(file: string): boolean {
  const opened = openSync(file, 'r')
  try {
    // Nothing more of it: the rest of the first page may still stand in SQLite's log only.
    const head = Buffer.alloc(MAGIC.length)
    readSync(opened, head, 0, head.length, 0)
    return head.toString('latin1') === MAGIC
  } finally {
    closeSync(opened)
  }
}

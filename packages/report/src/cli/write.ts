import { randomUUID } from 'node:crypto'
import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { EXIT, failed, type Result, succeeded } from './failure.ts'
import type { ReportFile } from './files.ts'
import { reasonOf } from './read.ts'

/**
 * Writes the files into the folder, which is made when it is missing. Every file is written whole under another name first
 * and all are renamed at the end, so that nobody ever reads half a report, and a full disk leaves the old ones in place.
 * Synchronous on purpose: a Ctrl-C is handled before or after, not in between.
 *
 * @returns the paths, in the order of the files
 */
export function writeFiles(folder: string, files: readonly ReportFile[]): Result<readonly string[]> {
  const made: { readonly temporary: string; readonly path: string }[] = []
  try {
    mkdirSync(folder, { recursive: true })
    for (const { name, content } of files) {
      const temporary = join(folder, `.${name}.${randomUUID()}.tmp`)
      const file = openSync(temporary, 'wx')
      made.push({ temporary, path: join(folder, name) })
      writeWhole(file, content)
    }
    for (const { temporary, path } of made) renameSync(temporary, path)
    return succeeded(made.map(({ path }) => path))
  } catch (thrown) {
    for (const { temporary } of made) rmSync(temporary, { force: true })
    return failed({
      code: 'NOT_WRITTEN',
      exit: EXIT.usage,
      message: `cannot write into ${folder} (${reasonOf(thrown)})`,
      fix: 'let --out name a folder that you may write to',
    })
  }
}

/** Writes, waits until the disk has it, and closes. */
function writeWhole(file: number, content: string | Uint8Array): void {
  try {
    writeFileSync(file, content)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

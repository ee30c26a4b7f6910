import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { type PostmortemDocument, readPostmortem } from '@tabiji/core/postmortem'
import type { Problem } from '@tabiji/core/problem'
import { openText, unreadable } from '../../config/read.ts'
import { CliError, EXIT } from '../terminal/exit.ts'
import { placed } from '../terminal/load.ts'

/** @throws CliError when it cannot be read */
export function readFileOf(file: string): string {
  const opened = openText(file)
  if ('failure' in opened) throw refusedFile([unreadable(file, opened.failure)])
  return opened.text
}

/** @throws CliError with everything that is wrong with it */
export function readPostmortemFile(file: string): PostmortemDocument {
  const read = readPostmortem(readFileOf(file), file)
  if (!read.ok) throw refusedFile(read.problems)
  return read.document
}

export function isThere(file: string): boolean {
  return existsSync(file)
}

/** Writes beside and renames: what people wrote is never half a file. */
export function writeFileWhole(file: string, text: string | Uint8Array): void {
  mkdirSync(dirname(file), { recursive: true })
  const beside = `${file}.${process.pid}.new`
  const opened = openSync(beside, 'w')
  writeFileSync(opened, text)
  fsyncSync(opened)
  closeSync(opened)
  renameSync(beside, file)
}

/** What is wrong, every piece with its place. */
export function refusedFile(problems: readonly Problem[], exit: 1 | 2 = EXIT.usage): CliError {
  const message = `${problems.length} mistake${problems.length === 1 ? '' : 's'}`
  const complaints = problems.map((each) => ({
    code: each.code,
    message: placed(each),
    ...(each.hint !== undefined && { hint: each.hint }),
  }))
  return new CliError(exit, { code: 'CLI_REFUSED', message }, complaints)
}

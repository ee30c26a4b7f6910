import { onTestFinished } from 'vitest'
import { checkCommand } from '../cli/journeys/check.ts'
import { CliExit } from '../cli/terminal/exit.ts'
import { ENV, folderWith } from '../config/testing/folder.ts'

/** Runs the command in a folder of its own, as a person would. */
export async function check(files: Readonly<Record<string, string>>, ...words: readonly string[]) {
  return checkAt(0, () => undefined, files, ...words)
}

/** The same at a time of its own. @param prepare puts into the folder what is no text, such as a store */
export async function checkAt(
  now: number,
  prepare: (folder: string) => void,
  files: Readonly<Record<string, string>>,
  ...words: readonly string[]
) {
  const home = process.cwd()
  const folder = folderWith(files)
  prepare(folder)
  onTestFinished(() => process.chdir(home))
  process.chdir(folder)
  let printed = ''
  let exit = 0
  const stdout = { write: (text: string) => (printed += text) }
  const command = checkCommand({ stdout, stderr: stdout, env: ENV, now: () => now }).option('--json')
  try {
    await command.parseAsync([...words], { from: 'user' })
  } catch (error) {
    if (!(error instanceof CliExit)) throw error
    exit = error.exit
  }
  process.chdir(home)
  return { exit, printed: printed.replaceAll(folder, '.') }
}

import { stripVTControlCharacters } from 'node:util'
import type { Command } from 'commander'
import { runProgram } from '../cli/run.ts'
import type { ExitCode } from '../cli/terminal/exit.ts'
import type { Io } from '../cli/terminal/io.ts'
import { createProgram } from '../cli/terminal/program.ts'

type Ran = { readonly exit: ExitCode; readonly stdout: string; readonly stderr: string }

/**
 * Runs `tabiji WORDS…` as a function call and gives back everything that it wrote. Whatever it wrote, a terminal finds
 * nothing to obey in it except line breaks and, where they were asked for, colours.
 */
export async function runCli(
  commands: readonly ((io: Io) => Command)[],
  words: readonly string[],
  {
    env = {},
    isTTY = false,
    now = () => Date.UTC(2026, 9, 20),
  }: { readonly env?: Io['env']; readonly isTTY?: boolean; readonly now?: () => number } = {},
): Promise<Ran> {
  const written = { stdout: '', stderr: '' }
  const stream = (name: keyof typeof written) => ({
    isTTY,
    write: (text: string) => {
      written[name] += text
    },
  })
  const io: Io = { stdout: stream('stdout'), stderr: stream('stderr'), env, now }
  const program = createProgram(io)
  for (const command of commands) program.addCommand(command(io))
  const exit = await runProgram(program, words, io)
  if (/[^\P{Cc}\n]/u.test(stripVTControlCharacters(written.stdout + written.stderr))) {
    throw new Error(`Expected nothing that a terminal obeys, got ${JSON.stringify(written)}`)
  }
  return { exit, ...written }
}

import { createHash } from 'node:crypto'
import type { KeptLine } from '@tabiji/core/incident'

export const SHELLS = ['bash', 'zsh', 'fish'] as const
export type Shell = (typeof SHELLS)[number]

/** A history of years is read; of a longer file only the end. */
export const MAX_HISTORY_BYTES = 20 * 1024 * 1024
/** Cut short only after secrets are masked: half a secret is known by no rule. */
const MAX_COMMAND = 20_000

type Command = { readonly at: number; readonly text: string }

/** Which shell wrote it, by its form; nothing when none of them wrote times. */
export function shellOf(text: string): Shell | undefined {
  if (/^- cmd: /m.test(text) && /^ {2}when: \d+$/m.test(text)) return 'fish'
  if (/^: \d{1,12}:\d+;/m.test(text)) return 'zsh'
  return /^#\d{9,12}$/m.test(text) ? 'bash' : undefined
}

/**
 * Reads a shell's history: bash with times (`HISTTIMEFORMAT`), zsh with `EXTENDED_HISTORY`, fish. What has no time is left out,
 * because nobody knows when it was.
 *
 * The identity of a command is its time and a digest of it, so that the same file read again gives the same lines.
 */
export function readShellHistory(text: string, shell: Shell): readonly KeptLine[] {
  const lines = text.split(/\r?\n/)
  const commands = shell === 'bash' ? ofBash(lines) : shell === 'zsh' ? ofZsh(lines) : ofFish(lines)
  const seen = new Map<string, number>()
  return commands
    .filter((command) => command.text.trim() !== '')
    .map(({ at, text: typed }) => {
      const digest = createHash('sha256').update(typed).digest('hex').slice(0, 24)
      const name = `shell:${at}:${digest}`
      // Two in one second are two.
      const count = (seen.get(name) ?? 0) + 1
      seen.set(name, count)
      const identity = count === 1 ? name : `${name}:${count}`
      return { identity, happenedAt: at * 1000, text: typed.trim().slice(0, MAX_COMMAND) }
    })
}

/** `#1792471140` and then the command, which may have several lines. */
function ofBash(lines: readonly string[]): readonly Command[] {
  const commands: { at: number; text: string }[] = []
  for (const line of lines) {
    const stamp = /^#(\d{9,12})$/.exec(line)?.[1]
    const last = commands.at(-1)
    if (stamp !== undefined) commands.push({ at: Number(stamp), text: '' })
    else if (last !== undefined) last.text = last.text === '' ? line : `${last.text}\n${line}`
  }
  return commands
}

/** `: 1792471140:0;command`; a line that ends in a backslash goes on. */
function ofZsh(lines: readonly string[]): readonly Command[] {
  const commands: { at: number; text: string }[] = []
  let goesOn = false
  for (const line of lines) {
    const begin: RegExpExecArray | null = goesOn ? null : /^: (\d{1,12}):\d+;(.*)$/.exec(line)
    const last = commands.at(-1)
    if (begin !== null) commands.push({ at: Number(begin[1]), text: withoutEnd(begin[2] ?? '') })
    else if (goesOn && last !== undefined) last.text = `${last.text}\n${withoutEnd(line)}`
    goesOn = line.endsWith('\\') && (goesOn || begin !== null)
  }
  return commands
}

const withoutEnd = (line: string) => (line.endsWith('\\') ? line.slice(0, -1) : line)

/** `- cmd: command` with `when: 1792471140` below; newlines and backslashes of a command are escaped. */
function ofFish(lines: readonly string[]): readonly Command[] {
  const commands: Command[] = []
  let text: string | undefined
  for (const line of lines) {
    const typed = /^- cmd: (.*)$/.exec(line)?.[1]
    const when = /^ {2}when: (\d{1,12})$/.exec(line)?.[1]
    if (typed !== undefined) text = typed.replace(/\\([\\n])/g, (_, sign: string) => (sign === 'n' ? '\n' : '\\'))
    else if (when !== undefined && text !== undefined) {
      commands.push({ at: Number(when), text })
      text = undefined
    }
  }
  return commands
}

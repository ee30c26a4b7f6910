import { styleText } from 'node:util'
import type { Command } from 'commander'
import type { Complaint } from './exit.ts'
import type { Io } from './io.ts'
import { printable, printableJson } from './printable.ts'
import type { GlobalOptions } from './program.ts'

type Style = 'bold' | 'dim' | 'red' | 'green' | 'yellow'

/** Where a command puts its words. */
export type Output = {
  /** The answer on stdout: with `--json` exactly the document, otherwise the text, which ends in a line break. */
  answer(document: unknown, text: () => string): void
  /** A hint or a warning on stderr; silent with `--json` and `--quiet`. */
  note(text: string): void
  /** Colours a text that is harmless already, on a terminal that wants colours. */
  style(style: Style, text: string): string
}

export function outputOf(command: Command, io: Io): Output {
  const { json = false, quiet = false, plain = false, color = 'auto' } = command.optsWithGlobals<GlobalOptions>()
  const coloured = !plain && wantsColour(color, io)
  return {
    answer: (document, text) => void io.stdout.write(json ? `${printableJson(document)}\n` : text()),
    note: (text) => {
      if (!json && !quiet) io.stderr.write(`${printable(text)}\n`)
    },
    // The stream was asked above, by what the caller said of it and not by what this process has.
    style: (style, text) => (coloured ? styleText(style, text, { validateStream: false }) : text),
  }
}

function wantsColour(color: NonNullable<GlobalOptions['color']>, { stdout, env }: Io): boolean {
  if (color !== 'auto') return color === 'always'
  return stdout.isTTY === true && (env['NO_COLOR'] ?? '') === '' && env['TERM'] !== 'dumb'
}

/** Tells what is wrong on stderr, every problem with its remedy, or as one JSON document. */
export function printError(io: Io, json: boolean, complaint: Complaint, problems: readonly Complaint[] = []): void {
  if (json) {
    io.stderr.write(`${printableJson({ error: { ...complaint, ...(problems.length > 0 && { problems }) } })}\n`)
    return
  }
  for (const { message, hint, at } of problems.length > 0 ? problems : [complaint]) {
    const place = at === undefined ? '' : `${printable(at.file)}:${at.line}:${at.column}  `
    io.stderr.write(`error: ${place}${printable(message)}\n`)
    if (hint !== undefined) io.stderr.write(`  fix: ${printable(hint)}\n`)
  }
}

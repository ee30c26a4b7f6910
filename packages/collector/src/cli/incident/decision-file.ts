import { readFileSync } from 'node:fs'
import { checkShape, locateProblems, type Problem } from '@tabiji/core/problem'
import { readText } from '@tabiji/core/problem/document'
import { z } from 'zod'
import { CliError, type Complaint, EXIT } from '../terminal/exit.ts'

const decision = z.strictObject({
  knew: z.string(),
  options: z.array(z.string()).default([]),
  choice: z.string(),
  why: z.string(),
  at: z.string().exactOptional(),
})
export type Decided = z.output<typeof decision>

/** A decision as a file of YAML or JSON says it. @throws CliError with everything that is wrong, and where */
export function readDecision(file: string): Decided {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    const message = `cannot read ${file} (${(error as NodeJS.ErrnoException).code})`
    throw new CliError(EXIT.usage, { code: 'CLI_FILE', message }, [], { cause: error })
  }
  const read = readText(text, file)
  if (!read.ok) throw wrong(file, read.problems)
  const checked = checkShape(decision, read.value, 'DECISION')
  if (checked.ok) return checked.value
  throw wrong(file, locateProblems(checked.problems, read.locate))
}

function wrong(file: string, problems: readonly Problem[]): CliError {
  const complaints = problems.map(({ code, message, hint, at }): Complaint => {
    const where = at === undefined ? file : `${at.file}:${at.line}:${at.column}`
    return { code, message: `${where}: ${message}`, ...(hint !== undefined && { hint }) }
  })
  const [first = { code: 'CLI_FILE', message: `${file} cannot be read` }] = complaints
  return new CliError(EXIT.usage, first, complaints)
}

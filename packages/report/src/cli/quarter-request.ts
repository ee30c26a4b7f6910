import type { Flags } from './command.ts'
import { EXIT, type Failure, failed, type Result, succeeded } from './failure.ts'
import { type CollectorSource, type Format, type Request, readRequest, STANDARD } from './request.ts'

/** What is asked for of a quarter, with every flag checked. */
export type QuarterRequest = Pick<Request, 'languages' | 'out' | 'withPeople' | 'csvLabels' | 'json' | 'quiet'> & {
  /** `2026-Q3` */
  readonly quarter: string
  readonly source: CollectorSource
  readonly formats: readonly Exclude<Format, 'pdf' | 'slack'>[]
}

/** Three months of the calendar: `2026-Q3`. */
export function isQuarter(text: string | undefined): text is string {
  return text !== undefined && /^\d{4}-Q[1-4]$/.test(text)
}

/** Checks the flags for a quarter: what a month can be, but for what only makes sense of one month. */
export function readQuarter(quarter: string, flags: Flags): Result<QuarterRequest> {
  const request = readRequest(undefined, flags)
  if (!request.ok) return request
  const { source, formats, compare, ...rest } = request.value
  const whole = formats.filter((format) => format !== 'pdf' && format !== 'slack')
  if (whole.length < formats.length) {
    return wrong('A quarter is written as md, html, json or csv', 'print the HTML, or write its months one by one')
  }
  if (source.kind === 'file') return wrong('A quarter is three months, and --facts is one', 'leave --facts out')
  if (compare !== undefined) return wrong('A quarter already compares its months', 'leave --compare out')
  if (rest.out === STANDARD && whole[0] === 'csv') return wrong('csv is four files', 'name a folder: `--out reports`')
  return succeeded({ ...rest, quarter, source, formats: whole })
}

function wrong(message: string, fix: string): { readonly ok: false; readonly failure: Failure } {
  return failed({ code: 'USAGE', exit: EXIT.usage, message, fix })
}

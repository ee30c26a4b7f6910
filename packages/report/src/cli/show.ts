import type { MonthFacts } from '@tabiji/core/report'
import type { ReportFile } from './files.ts'
import type { CollectorSource } from './request.ts'

/** What is said of what was written: a month, or several under one name. */
type Summary = Pick<MonthFacts, 'month' | 'timeZone' | 'complete' | 'sample'>

/** The answer on standard output: a path a line, or one JSON document. */
export function showWritten(
  facts: Summary,
  files: readonly ReportFile[],
  paths: readonly string[],
  json: boolean,
): string {
  if (!json) return paths.map((path) => `${path}\n`).join('')
  const written = files.map(({ format, language, content }, i) => ({
    path: paths[i],
    format,
    language,
    bytes: Buffer.byteLength(content),
  }))
  const { month, timeZone, complete, sample } = facts
  return `${JSON.stringify({ month, timeZone, complete, sample, files: written })}\n`
}

/** Above this a page is slow to open and too large for many mail systems. */
const LARGEST_PAGE = 500_000

/** What a person should know before passing the files on. */
export function warningsOf(facts: Summary, files: readonly ReportFile[]): string[] {
  const large = files.filter(({ format, content }) => format === 'html' && Buffer.byteLength(content) > LARGEST_PAGE)
  return [
    ...(facts.sample ? ['these are sample data; every file says so first'] : []),
    ...(facts.complete ? [] : [`not all of ${facts.month} is in the books; the files say "draft"`]),
    ...large.map(({ name, content }) => `${name} has ${Buffer.byteLength(content)} bytes, more than ${LARGEST_PAGE}`),
  ].map((line) => `warning: ${line}`)
}

/** A token sent without encryption can be read on the way; on this very machine there is no way. */
export function tokenWarning({ url }: CollectorSource, token: string | undefined): string | undefined {
  const { protocol, hostname } = new URL(url)
  const here = hostname === 'localhost' || hostname === '[::1]' || hostname.startsWith('127.')
  if (token === undefined || protocol === 'https:' || here) return undefined
  return `warning: the token goes to ${url} unencrypted; use https`
}

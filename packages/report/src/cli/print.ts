import type { MonthFacts } from '@tabiji/core/report'
import { findBrowser, hasJapaneseFont, printPdf } from '../print/index.ts'
import { renderReport } from '../render.ts'
import { EXIT, type Failure, failed, type Result, succeeded } from './failure.ts'
import { type ReportFile, type Stamp, stemOf } from './files.ts'
import { during } from './progress.ts'
import { reasonOf } from './read.ts'
import type { Request } from './request.ts'

type Press = {
  readonly env: NodeJS.ProcessEnv
  readonly stop: AbortSignal
  readonly tell: (line: string) => void
}

const WAY_OUT = 'open the HTML in a browser and print it, or set TABIJI_BROWSER=/path/to/chrome'

type Printed = Pick<Request, 'formats' | 'languages' | 'withPeople'> & {
  readonly compare?: MonthFacts
  readonly stamp?: Stamp
}

/** The PDF files that were asked for, one for each language; nothing when none was. */
export async function printFiles(
  facts: MonthFacts,
  { formats, languages, withPeople, compare, stamp }: Printed,
  { env, stop, tell }: Press,
): Promise<Result<readonly ReportFile[]>> {
  if (!formats.includes('pdf')) return succeeded([])
  const browser = findBrowser(env)
  if (browser === undefined) {
    const named = env['TABIJI_BROWSER']
    const message = named ? `TABIJI_BROWSER is ${named}, which cannot be run` : 'no Chrome, Chromium or Edge found'
    return failed({ code: 'NO_BROWSER', exit: EXIT.no, message, fix: WAY_OUT })
  }
  if (languages.includes('ja') && (await hasJapaneseFont()) === false) {
    tell('warning: no font with Japanese characters is installed; the PDF will show boxes (Debian: fonts-noto-cjk)')
  }
  const files: ReportFile[] = []
  for (const language of languages) {
    const name = `${stemOf(facts.month, facts)}.${language}.pdf`
    try {
      const beside = { ...stamp, ...(compare !== undefined && { compare }) }
      const page = renderReport(facts, { format: 'html', lang: language, withPeople, ...beside })
      const content = await during(`Printing ${name} with ${browser}`, tell, () => printPdf(page, { browser, stop }))
      files.push({ name, format: 'pdf', language, content })
    } catch (thrown) {
      if (stop.aborted) {
        return failed({ code: 'STOPPED', exit: EXIT.stopped, message: 'stopped while a browser was printing' })
      }
      return failed({ code: 'NOT_PRINTED', exit: EXIT.no, message: reasonOf(thrown), fix: WAY_OUT })
    }
  }
  return succeeded(files)
}

/** The same failure, with what was written all the same. */
export function withWritten(failure: Failure, paths: readonly string[]): Failure {
  const written = paths.length === 0 ? 'nothing was written' : `written were: ${paths.join(', ')}`
  return { ...failure, message: `${failure.message}, so the PDF was not written; ${written}` }
}

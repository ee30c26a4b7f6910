import type { Command } from 'commander'
import type { Io } from '../terminal/io.ts'
import { createCommand, examples } from '../terminal/program.ts'
import { addIssue } from './report-issue.ts'
import { addLists } from './report-list.ts'
import { addRemarks } from './report-remarks.ts'
import { addRender, type Inlets } from './report-render.ts'
import { addWrite } from './report-write.ts'

/**
 * `tabiji report …`: monthly reports from their draft to their last revision; with a month instead of a verb, and with flags,
 * what `tabiji-report` does.
 */
export function reportCommand(io: Io, inlets?: Inlets): Command {
  const report = createCommand('report', io)
    .description('Write the report of a month; comment on it, issue it, and get what was issued, byte for byte.')
    .addHelpText(
      'before',
      examples(
        'tabiji report 2026-10 --lang ja --format html --out reports',
        'tabiji report missing 2026-10',
        'tabiji report comment checkout --month 2026-10 "The canary stays until FIX-0117 is done"',
        'tabiji report issue 2026-10',
        'tabiji report write 2026-10 --out reports',
      ),
    )
  addLists(report, io)
  addRemarks(report, io)
  addIssue(report, io)
  addWrite(report, io)
  addRender(report, io, inlets)
  return report
}

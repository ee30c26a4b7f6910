import type { Command } from 'commander'
import type { Io } from './io.ts'
import { createCommand, examples } from './program.ts'
import { addIssue } from './report-issue.ts'
import { addLists } from './report-list.ts'
import { addRemarks } from './report-remarks.ts'
import { addWrite } from './report-write.ts'

/** `tabiji report …`: monthly reports from their draft to their last revision. */
export function reportCommand(io: Io): Command {
  const report = createCommand('report', io)
    .description('Comment on a month, issue its report, and get what was issued, byte for byte.')
    .addHelpText(
      'before',
      examples(
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
  return report
}

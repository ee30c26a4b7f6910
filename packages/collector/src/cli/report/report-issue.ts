import { MINUTE } from '@tabiji/core/time'
import { Argument, type Command } from 'commander'
import { z } from 'zod'
import type { Io } from '../terminal/io.ts'
import type { Output } from '../terminal/output.ts'
import { printable } from '../terminal/printable.ts'
import { byOption, keyOption, reasonOption, record } from '../terminal/session.ts'
import { when } from '../terminal/when.ts'
import { monthArgument, monthOr, readMonth, reportDetails } from './report-answers.ts'

const issued = reportDetails.extend({ notPrinted: z.string().transform(printable).optional() })
type Issued = z.output<typeof issued>

/** A browser prints two documents meanwhile, and it may be started for the first time. */
const PATIENCE_MS = 5 * MINUTE

type Options = {
  readonly reason?: string
  readonly partMonth?: true
  readonly withPeople?: true
  readonly key?: string
}

/** Freezing a month, freezing it again, and its draft. */
export function addIssue(report: Command, io: Io): void {
  const issue = report
    .command('issue')
    .description('Freeze a month that is over and render it in every format; from then on its files never change.')
    .addArgument(monthArgument())
    .option('--reason <text>', 'why it is issued although data are missing; the report says so')
    .action((month: string, options: Options, command: Command) => freeze(month, 'issue', options, command))
  const reissue = report
    .command('reissue')
    .description('Freeze a month again as a next revision, which lists every figure that differs.')
    .addArgument(monthArgument())
    .addOption(reasonOption())
    .action((month: string, options: Options, command: Command) => freeze(month, 'reissue', options, command))
  for (const command of [issue, reissue]) {
    command
      .option('--part-month', 'also a month that is not over; needs a reason')
      .option('--with-people', 'name owners of fixes and approvers of risks in the files')
      .addOption(keyOption())
      .addOption(byOption())
  }
  report
    .command('draft')
    .description('Make the draft of a month anew; the collector does it every night by itself.')
    .addArgument(new Argument('[month]', 'default: the last one that is over').argParser(readMonth))
    .action(async (typed: string | undefined, _options: object, command: Command) => {
      const month = await monthOr(typed, command, io)
      await record(command, io, {
        path: `/reports/${month}/draft`,
        body: {},
        schema: reportDetails,
        says: ({ draftAt = '' }) => `the draft of ${month} is of ${when(draftAt)}; its figures can still change`,
        next: ({ missing }) => (missing > 0 ? `tabiji report missing ${month}` : `tabiji report issue ${month}`),
      })
    })

  function freeze(month: string, verb: 'issue' | 'reissue', options: Options, command: Command): Promise<void> {
    const { key, ...body } = options
    return record(command, io, {
      path: `/reports/${month}/${verb}`,
      body,
      key,
      patienceMs: PATIENCE_MS,
      schema: issued,
      says: saysOf,
      next: () => `tabiji report write ${month} --out reports`,
    })
  }
}

function saysOf(report: Issued, output: Output): string {
  const { month, revisions, missingComments, notPrinted } = report
  const last = revisions.at(-1)
  const changes = last?.reason === undefined ? '' : `, ${last.changes} figure${last.changes === 1 ? '' : 's'} changed`
  if (notPrinted !== undefined) output.note(`warning: no PDF was made: ${notPrinted}`)
  if (missingComments.length > 0) {
    output.note(`warning: without a comment of: ${missingComments.map(({ name }) => name).join(', ')}`)
  }
  return `${month} issued as revision ${last?.revision}${changes}: ${last?.files.length} files, facts ${last?.sha256}`
}

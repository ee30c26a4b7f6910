import { Argument, type Command, InvalidArgumentError } from 'commander'
import { z } from 'zod'
import type { Io } from '../terminal/io.ts'
import { printable } from '../terminal/printable.ts'
import { ask } from '../terminal/session.ts'
import { fields, section, table } from '../terminal/table.ts'
import { when } from '../terminal/when.ts'
import {
  ask as askShape,
  missingComment,
  monthArgument,
  monthOr,
  readMonth,
  reportDetails,
  type ShownAsk,
  type ShownReport,
  toldReport,
} from './report-answers.ts'

const text = z.string().transform(printable)
const change = z.object({ path: text, before: text.optional(), after: text.optional() })

/** What is read of reports: the list, one month, whose comments are missing, what was asked, what differs. */
export function addLists(report: Command, io: Io): void {
  report
    .command('list')
    .description('List the months of which there is a draft or an issued report, the newest first.')
    .action((_options: object, command: Command) =>
      ask(command, io, {
        path: '/reports',
        schema: z.object({ reports: z.array(toldReport) }),
        shows: ({ reports }) => listOf(reports),
      }),
    )
  report
    .command('show')
    .description('Show a month: its revisions with their files and hashes, and what is missing.')
    .addArgument(monthArgument())
    .action((month: string, _options: object, command: Command) =>
      ask(command, io, { path: `/reports/${month}`, schema: reportDetails, shows: detailsOf }),
    )
  report
    .command('missing')
    .description('Show which journeys missed a target, or nearly did, without a word of their owner.')
    .addArgument(new Argument('[month]', 'default: the last one that is over').argParser(readMonth))
    .action(async (typed: string | undefined, _options: object, command: Command) => {
      const month = await monthOr(typed, command, io)
      await ask(command, io, {
        path: `/reports/${month}/missing`,
        schema: z.object({ month: text, missing: z.array(missingComment) }),
        shows: ({ missing }) => missingOf(month, missing),
      })
    })
  report
    .command('asks')
    .description('List what readers of reports were asked to decide, the newest first.')
    .action((_options: object, command: Command) =>
      ask(command, io, {
        path: '/reports/asks',
        schema: z.object({ asks: z.array(askShape) }),
        shows: ({ asks }) => asksOf(asks),
      }),
    )
  addDiff(report, io)
}

function addDiff(report: Command, io: Io): void {
  const revision = (name: string) =>
    new Argument(`<${name}>`, 'a revision, such as 1').argParser((typed: string) => {
      if (/^[1-9]\d{0,3}$/.test(typed)) return typed
      throw new InvalidArgumentError('Expected the number of a revision')
    })
  report
    .command('diff')
    .description('Show every figure that differs between two revisions of a month.')
    .addArgument(monthArgument())
    .addArgument(revision('from'))
    .addArgument(revision('to'))
    .action((month: string, from: string, to: string, _options: object, command: Command) =>
      ask(command, io, {
        path: `/reports/${month}/diff`,
        query: { from, to },
        schema: z.object({ changes: z.array(change), more: z.number() }),
        shows: ({ changes, more }) => {
          if (changes.length === 0) return 'No figure differs.\n'
          const rows = changes.map(({ path, before = '', after = '' }) => [path, before, after])
          return table(['FIGURE', 'BEFORE', 'AFTER'], rows) + (more > 0 ? `and ${more} more\n` : '')
        },
      }),
    )
}

function listOf(reports: readonly z.output<typeof toldReport>[]): string {
  if (reports.length === 0) return 'No reports yet: the first draft is made once something was counted.\n'
  const rows = reports.map(({ month, status, revision, issuedAt, by, draftAt, missing }) => {
    const since = issuedAt ?? draftAt
    return [
      month,
      status === 'issued' ? `issued r${revision}` : 'draft',
      since === undefined ? '' : when(since),
      by ?? '',
      missing === 0 ? '' : `${missing} comment${missing === 1 ? '' : 's'} missing`,
    ]
  })
  return table(['MONTH', 'STATUS', 'AT', 'BY', ''], rows)
}

function detailsOf(report: ShownReport): string {
  const { month, status, draftAt, revisions, missingComments, asks } = report
  const head = fields([
    ['month', month],
    ['status', status === 'issued' ? `issued r${report.revision}` : 'draft; its figures can still change'],
    ['draft', draftAt === undefined ? undefined : `of ${when(draftAt)}`],
  ])
  const issued = revisions.map(({ revision, issuedAt, by, reason, despite, version, sha256, changes, files }) => {
    const lines = files.map(({ name, bytes, sha256: hash }) => [name, `${bytes} bytes`, hash])
    return (
      `\nrevision ${revision}\n` +
      fields([
        ['issued', `${when(issuedAt)}${by === undefined ? '' : ` by ${by}`}, tabiji ${version}`],
        ['facts', sha256],
        ['reason', reason],
        ['changes', reason === undefined ? undefined : String(changes)],
        ['although', despite === undefined ? undefined : `${despite.what.replace('_', ' ')}: ${despite.reason}`],
      ]) +
      section('files', lines)
    )
  })
  const owed = missingComments.length === 0 ? '' : `\n${missingOf(month, missingComments)}`
  return head + issued.join('') + owed + (asks.length === 0 ? '' : `\n${asksOf(asks)}`)
}

function missingOf(month: string, missing: readonly z.output<typeof missingComment>[]): string {
  if (missing.length === 0) return `No comment is missing for ${month}.\n`
  const rows = missing.map(({ name, owner, state }) => [name, owner ?? 'nobody', state])
  return table(['COMMENT MISSING OF', 'OWNER', 'WHY'], rows)
}

function asksOf(asks: readonly ShownAsk[]): string {
  if (asks.length === 0) return 'Nothing was asked yet.\n'
  const rows = asks.map(({ key, month, state, due, owner, text: asked, answer }) => [
    key,
    month,
    state.toUpperCase(),
    due ?? '',
    owner ?? '',
    answer === undefined ? asked : `${asked} — ${answer.text}`,
  ])
  return table(['KEY', 'MONTH', 'STATE', 'DUE', 'OWNER', 'ASKED'], rows)
}

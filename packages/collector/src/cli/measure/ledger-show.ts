import { isoIn } from '@tabiji/core/time'
import { type Command, InvalidArgumentError } from 'commander'
import { type PageEntry, type PageQuery, type PageSum, type Pages, readPages } from '../../app/pages.ts'
import { CliError, CliExit, EXIT } from '../terminal/exit.ts'
import type { Io } from '../terminal/io.ts'
import { DEFAULT_CONFIG, load } from '../terminal/load.ts'
import { type Output, outputOf } from '../terminal/output.ts'
import { printable } from '../terminal/printable.ts'
import type { GlobalOptions } from '../terminal/program.ts'
import { FROM, readStretch, TO } from '../terminal/stretch.ts'
import { table } from '../terminal/table.ts'
import { amount, count, instant, SAMPLE } from './ledger-text.ts'

const DEFAULT_LIMIT = 1_000

type Options = {
  readonly config: string
  readonly step?: string
  readonly service?: string
  readonly from?: string
  readonly to?: string
  readonly limit: number
  readonly csv?: boolean
}

/** `tabiji ledger show`: the entries of a stretch, so that anyone can work a number out once more. */
export function addShow(ledger: Command, io: Io): void {
  ledger
    .command('show')
    .description(
      'Show the entries of a journey, and whether they add up to what budgets and reports are worked out from.',
    )
    .argument('<journey>', 'its name')
    .option('-c, --config <file>', 'the configuration', DEFAULT_CONFIG)
    .option('--step <name>', 'one step only')
    .option('--service <name>', 'one service only')
    .option('--from <time>', `${FROM} (default: today)`)
    .option('--to <time>', `${TO} (default: now)`)
    .option('--limit <n>', 'how many entries to show; all are added up', limitOf, DEFAULT_LIMIT)
    .option('--csv', 'comma-separated values')
    .action((journey: string, options: Options, command: Command) => show(journey, options, command, io))
}

function limitOf(text: string): number {
  const limit = /^\d{1,9}$/.test(text) ? Number(text) : 0
  if (limit > 0) return limit
  throw new InvalidArgumentError('Expected a whole number from 1.')
}

function show(journey: string, options: Options, command: Command, io: Io): void {
  if (options.csv && command.optsWithGlobals<GlobalOptions>().json) {
    throw new CliError(EXIT.usage, { code: 'CLI_USAGE', message: 'Expected `--csv` or `--json`, got both' })
  }
  const { config, definition } = load(options.config, io)
  const query = queryOf(journey, options, definition.timeZone, io.now())
  const read = readPages(config, definition, query)
  if (!read.ok) {
    const { code, message, hint } = read
    const exit = code === 'LEDGER_UNKNOWN' ? EXIT.no : EXIT.usage
    throw new CliError(exit, { code, message, ...(hint !== undefined && { hint }) })
  }
  const output = outputOf(command, io)
  const pages = read.answer
  if (options.csv) tellCsv(pages, query, definition.timeZone, io, output)
  else
    output.answer(documentOf(pages, query, definition.timeZone), () =>
      textOf(pages, query, definition.timeZone, output),
    )
  if (!agrees(pages)) throw new CliExit(EXIT.no)
}

function queryOf(journey: string, options: Options, zone: string, now: number): PageQuery {
  const { from, to } = readStretch(options.from ?? isoIn(now, zone).slice(0, 10), options.to, now, zone)
  const { step, service, limit } = options
  return { journey, from, to, limit, ...(step !== undefined && { step }), ...(service !== undefined && { service }) }
}

/** Whether the entries add up to what the evaluator has. Points that cannot be read do not agree with anything. */
function agrees({ sums, unreadable }: Pages): boolean {
  return unreadable.length === 0 && sums.every(isEqual)
}

const isEqual = ({ entries, points }: PageSum) => entries.every((n, i) => n === points?.[i])

const marksOf = ({ covered, placed, reversal }: PageEntry) =>
  [...(covered ? ['covered'] : []), ...(placed ? ['placed'] : []), ...(reversal ? ['reversal'] : [])].join(' ')

const OUTCOMES = ['good', 'slow', 'error', 'excluded'] as const

function textOf(pages: Pages, query: PageQuery, zone: string, output: Output): string {
  const head = [
    'SLOT',
    'WIDTH',
    'STEP',
    'SERVICE',
    'ROLE',
    ...OUTCOMES.map((name) => name.toUpperCase()),
    'MARKS',
    'COMMITTED',
  ]
  const rows = pages.entries.map((entry) => [
    isoIn(entry.start * 1000, zone),
    `${entry.width}s`,
    entry.account.step,
    entry.account.service,
    entry.account.role,
    ...entry.counts.map((n) => (entry.reversal && n > 0 ? `-${n}` : String(n))),
    marksOf(entry),
    instant(entry.committedAt / 1000, zone),
  ])
  const stretch = `slots that begin in ${isoIn(pages.from * 1000, zone)} to ${isoIn(query.to * 1000, zone)}`
  const cut = pages.count > rows.length ? `the first ${count(rows.length)} are shown (--limit)` : ''
  const gone = pages.from > query.from ? 'older entries were let go: one point holds what they came to\n' : ''
  const listed = rows.length === 0 ? '' : `${table(head, rows)}\n`
  return `${pages.sample ? SAMPLE : ''}${listed}${amount(pages.count, 'entry', 'entries')} of ${stretch}${cut === '' ? '' : `; ${cut}`}\n${gone}${sumsText(pages, output)}`
}

function sumsText(pages: Pages, output: Output): string {
  const head = ['SUM', 'SERVICE', 'ROLE', ...OUTCOMES.map((name) => name.toUpperCase()), 'COVERED']
  const rows = pages.sums.map(({ account: { step, service, role }, entries }) => [
    step,
    service,
    role,
    ...entries.slice(0, OUTCOMES.length).map(String),
    `${entries[OUTCOMES.length] ?? 0}s`,
  ])
  const own = pages.sums.filter(({ account }) => account.role === 'own')
  const all = OUTCOMES.map((_, i) => own.reduce((sum, { entries }) => sum + (entries[i] ?? 0), 0))
  const told = own.length < 2 ? [] : [['all own', '', '', ...all.map(String), '']]
  const damage = pages.unreadable.map((line) => `${printable(line)}\n`).join('')
  return `${rows.length === 0 ? '' : `\n${table(head, [...rows, ...told])}`}${damage}${verdictOf(pages, output)}\n`
}

function verdictOf(pages: Pages, output: Output): string {
  if (agrees(pages)) return 'the evaluator has the same numbers for this stretch'
  const lines = pages.sums
    .filter((sum) => !isEqual(sum))
    .map(({ account, points }) => {
      const has = points === undefined ? 'cannot read its points' : `has ${points.join(' ')}`
      return printable(`the evaluator ${has} for ${account.step} at ${account.service}`)
    })
  return [...lines, output.style('red', 'the sums do not agree: see `tabiji ledger verify`')].join('\n')
}

function documentOf(pages: Pages, query: PageQuery, zone: string): object {
  const named = (numbers: readonly number[]) =>
    Object.fromEntries([...OUTCOMES, 'coveredSeconds'].map((name, i) => [name, numbers[i] ?? 0]))
  return {
    sample: pages.sample,
    journey: query.journey,
    timeZone: zone,
    from: isoIn(pages.from * 1000, zone),
    to: isoIn(query.to * 1000, zone),
    count: pages.count,
    entries: pages.entries.map(({ account, counts, start, width, committedAt, row, covered, placed, reversal }) => {
      const { coveredSeconds: _, ...outcomes } = named(counts)
      const { step, service, role } = account
      return {
        slot: isoIn(start * 1000, zone),
        widthSeconds: width,
        step,
        service,
        role,
        ...outcomes,
        covered,
        placed,
        reversal,
        committedAt: instant(committedAt / 1000, zone),
        row,
      }
    }),
    sums: pages.sums.map(({ account: { step, service, role }, entries, points }) => ({
      step,
      service,
      role,
      ...named(entries),
      evaluator: points === undefined ? null : named(points),
    })),
    unreadable: pages.unreadable,
    agrees: agrees(pages),
  }
}

/** The entries alone on stdout, as a spreadsheet wants them; what they come to is told beside it. */
function tellCsv(pages: Pages, query: PageQuery, zone: string, io: Io, output: Output): void {
  const head = [
    'slot',
    'width_seconds',
    'step',
    'service',
    'role',
    ...OUTCOMES,
    'covered',
    'placed',
    'reversal',
    'committed_at',
    'row',
  ]
  const rows = pages.entries.map((entry) => [
    ...[isoIn(entry.start * 1000, zone), entry.width, entry.account.step, entry.account.service, entry.account.role],
    ...entry.counts,
    ...[entry.covered, entry.placed, entry.reversal].map(Number),
    ...[instant(entry.committedAt / 1000, zone), entry.row],
  ])
  for (const row of [head, ...rows]) io.stdout.write(`${row.map((value) => csvCell(String(value))).join(',')}\n`)
  if (pages.sample) output.note('sample data')
  if (pages.count > rows.length) output.note(`${pages.count} entries; the first ${rows.length} are written (--limit)`)
  if (agrees(pages)) output.note(`the evaluator has the same numbers for ${query.journey}`)
  else output.note('the sums do not agree: see `tabiji ledger verify`')
}

function csvCell(text: string): string {
  const safe = printable(text)
  return /[",]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

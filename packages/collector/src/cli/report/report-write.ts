import { join } from 'node:path'
import { isoIn } from '@tabiji/core/time'
import { LANGUAGES, type Language } from '@tabiji/report'
import type { Command } from 'commander'
import { readArchive } from '../../app/report-archive.ts'
import type { ReportFile } from '../../ports/reports.ts'
import { writeFileWhole } from '../incident/postmortem-file.ts'
import { type Client, readDocument } from '../terminal/client.ts'
import { CliError, EXIT } from '../terminal/exit.ts'
import type { Io } from '../terminal/io.ts'
import { outputOf } from '../terminal/output.ts'
import { openSession } from '../terminal/session.ts'
import { when } from '../terminal/when.ts'
import { monthArgument, reportDetails } from './report-answers.ts'

const FORMATS = ['md', 'html', 'json', 'csv', 'pdf', 'slack'] as const

type Options = {
  readonly out: string
  readonly store?: string
  readonly revision?: string
  readonly format: string
  readonly lang: string
}

/** The files of a month, and what they are of. */
type Found = {
  /** Absent: a draft, of `draftAt`. */
  readonly revision?: number
  readonly draftAt?: string
  readonly files: readonly ReportFile[]
}

/** What may be read of a month before its files are fetched. */
type Wanted = { readonly month: string; readonly revision?: number; readonly wants: (name: string) => boolean }

/** `tabiji report write MONTH`: files of what was issued, else of the draft. */
export function addWrite(report: Command, io: Io): void {
  report
    .command('write')
    .description('Write the files of a month exactly as they were issued; of one that was not, its draft.')
    .addArgument(monthArgument())
    .option('--out <folder>', 'where to; it is made when it is missing', '.')
    .option('--revision <number>', 'another one than the newest')
    .option('--format <list>', `any of ${FORMATS.join(', ')}`, FORMATS.join(','))
    .option('--lang <list>', `any of ${LANGUAGES.join(', ')}`, LANGUAGES.join(','))
    .option('--store <file>', 'from the store itself, while the collector is down; nothing in it is changed')
    .action(async (month: string, options: Options, command: Command) => {
      const output = outputOf(command, io)
      const wanted = wantedOf(month, options)
      const { store } = options
      const found =
        store === undefined
          ? await fromCollector(openSession(command, io).client, wanted)
          : fromStore(store, wanted, output.note)
      if (found.files.length === 0) throw nothingTo(month)
      const paths = found.files.map(({ name, body }) => {
        const path = join(options.out, name.replace(/^report/, `report-${month}`))
        writeFileWhole(path, body)
        return { path, bytes: body.length }
      })
      if (found.revision === undefined)
        output.note(`a draft of ${when(found.draftAt ?? '')}: its figures can still change`)
      const { revision, draftAt } = found
      output.answer({ month, revision, draftAt, files: paths }, () => paths.map(({ path }) => `${path}\n`).join(''))
    })
}

function wantedOf(month: string, { revision, format, lang }: Options): Wanted {
  const formats = listOf('--format', format, FORMATS)
  const languages = listOf('--lang', lang, LANGUAGES)
  if (revision !== undefined && !/^[1-9]\d{0,3}$/.test(revision)) {
    throw usage(`Expected \`--revision\` to be the number of one, got "${revision}"`)
  }
  return {
    month,
    ...(revision !== undefined && { revision: Number(revision) }),
    wants: (name) => {
      const parts = name.split('.')
      const language = LANGUAGES.find((each) => parts[1] === each)
      const ending = FORMATS.find((each) => each === (parts.includes('slack') ? 'slack' : parts.at(-1)))
      return (
        ending !== undefined && formats.includes(ending) && (language === undefined || languages.includes(language))
      )
    },
  }
}

function listOf<Each extends string>(option: string, typed: string, known: readonly Each[]): readonly Each[] {
  return typed.split(',').map((each) => {
    const found = known.find((one) => one === each.trim())
    if (found === undefined)
      throw usage(`Expected \`${option}\` to be any of ${known.join(', ')}, got "${each.trim()}"`)
    return found
  })
}

/** The files that a draft has: what can be rendered at once, so no PDF. */
const DRAFTS = [
  ...LANGUAGES.flatMap((lang: Language) => ['md', 'html', 'slack.json'].map((format) => `report.${lang}.${format}`)),
  'report.json',
  ...['journeys', 'incidents', 'fixes', 'daily'].map((table) => `report.${table}.csv`),
]

async function fromCollector(client: Client, { month, revision, wants }: Wanted): Promise<Found> {
  const details = readDocument(await client.get(`/reports/${month}`), reportDetails)
  const { revisions, draftAt } = details
  const issued = revision === undefined ? revisions.at(-1) : revisions.find((each) => each.revision === revision)
  if (issued === undefined && revision !== undefined) throw noRevision(month, revision)
  const base = issued === undefined ? `/reports/${month}/draft` : `/reports/${month}/revisions/${issued.revision}`
  const names = (issued?.files.map(({ name }) => name) ?? DRAFTS).filter((name) => wants(name) && isPlain(name))
  const files: ReportFile[] = []
  for (const name of names) files.push({ name, body: await client.getBytes(`${base}/${name}`) })
  return {
    files,
    ...(issued === undefined ? { ...(draftAt !== undefined && { draftAt }) } : { revision: issued.revision }),
  }
}

/** Names become paths, so a collector that is none must not choose where they lead. */
const isPlain = (name: string): boolean => /^report(\.[a-z]+){1,3}$/.test(name)

function fromStore(file: string, { month, revision, wants }: Wanted, note: (line: string) => void): Found {
  const read = readArchive(file, month, revision, DRAFTS)
  if (!read.ok) throw new CliError(EXIT.usage, { code: read.code, message: read.message })
  const { writtenAt, draftAt, files, issue, zone } = read.answer
  if (writtenAt !== undefined) note(`the store was written last at ${when(isoIn(writtenAt, zone))}`)
  if (issue === undefined && revision !== undefined) throw noRevision(month, revision)
  return {
    files: files.filter(({ name }) => wants(name)),
    ...(issue !== undefined && { revision: issue.revision }),
    ...(draftAt !== undefined && { draftAt: isoIn(draftAt, zone) }),
  }
}

function noRevision(month: string, revision: number): CliError {
  const message = `${month} has no revision ${revision}`
  return new CliError(EXIT.no, { code: 'REPORT_REVISION', message, hint: `tabiji report show ${month}` })
}

function nothingTo(month: string): CliError {
  const message = `There is nothing of ${month} to write`
  const hint = 'leave --format and --lang out, or look at `tabiji report list`'
  return new CliError(EXIT.no, { code: 'REPORT_UNKNOWN', message, hint })
}

function usage(message: string): CliError {
  return new CliError(EXIT.usage, { code: 'CLI_USAGE', message })
}

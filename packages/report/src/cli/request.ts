import { isMonth, parseDuration } from '@tabiji/core/time'
import { LANGUAGES, type Language } from '../words/language.ts'
import type { Flags } from './command.ts'
import { EXIT, type Failure, failed, type Result, succeeded } from './failure.ts'

const FORMATS = ['md', 'html', 'json', 'csv', 'pdf', 'slack'] as const
export type Format = (typeof FORMATS)[number]

/** What is asked for, with every flag checked. */
export type Request = {
  readonly month?: string
  readonly source: FileSource | CollectorSource
  /** What stands beside the month. */
  readonly compare?: FileSource | (CollectorSource & { readonly month: string })
  readonly formats: readonly Format[]
  readonly languages: readonly Language[]
  /** A folder, or `-` for standard output. */
  readonly out: string
  readonly withPeople: boolean
  /** The language of a second line in CSV files. */
  readonly csvLabels?: Language
  /** Where a message for Slack leads to. */
  readonly link?: string
  readonly json: boolean
  readonly quiet: boolean
}

/** `-` is standard input. */
export type FileSource = Narrowing & { readonly kind: 'file'; readonly path: string }

/** The address has no slash at its end. */
export type CollectorSource = Narrowing & {
  readonly kind: 'collector'
  readonly url: string
  readonly timeoutMs: number
}

/** Whose journeys are told; absent: all. */
type Narrowing = { readonly team?: string }

export const STANDARD = '-'

/** Checks the flags; the first one that is wrong is told. */
export function readRequest(month: string | undefined, flags: Flags): Result<Request> {
  if (month !== undefined && !isMonth(month)) {
    return wrong(
      `Expected MONTH to be a month as YYYY-MM or a quarter as YYYY-Qn, got ${quoted(month)}`,
      'such as `tabiji-report 2026-10`',
    )
  }
  const formats = readList('--format', flags.format, FORMATS)
  if (!formats.ok) return formats
  const languages = readList('--lang', flags.lang, LANGUAGES)
  if (!languages.ok) return languages
  const labels = readLabels(flags)
  if (!labels.ok) return labels
  const link = flags.link === undefined ? succeeded(undefined) : readLink(flags.link)
  if (!link.ok) return link
  const source = readSource(flags)
  if (!source.ok) return source
  const compare = readCompare(flags, source.value)
  if (!compare.ok) return compare
  const { out, withPeople = false, json = false, quiet = false } = flags
  const request: Request = {
    ...(month !== undefined && { month }),
    source: source.value,
    ...(compare.value !== undefined && { compare: compare.value }),
    formats: formats.value,
    languages: languages.value,
    out,
    withPeople,
    ...(labels.value !== undefined && { csvLabels: labels.value }),
    ...(link.value !== undefined && { link: link.value }),
    json,
    quiet,
  }
  return checkOutput(request)
}

function readLabels({ csvLabels }: Flags): Result<Language | undefined> {
  if (csvLabels === undefined) return succeeded(undefined)
  const labels = LANGUAGES.find((language) => language === csvLabels)
  if (labels !== undefined) return succeeded(labels)
  return wrong(
    `Expected --csv-labels to be one of ${LANGUAGES.join(', ')}, got ${quoted(csvLabels)}`,
    '`--csv-labels ja`',
  )
}

function readCompare({ compare }: Flags, source: Request['source']): Result<Request['compare']> {
  if (compare === undefined) return succeeded(undefined)
  if (compare === '' || compare === STANDARD) {
    return wrong(`Expected --compare to be a month or a file, got ${quoted(compare)}`, 'such as `--compare 2025-10`')
  }
  const { team } = source
  if (!isMonth(compare)) return succeeded({ kind: 'file', path: compare, ...(team !== undefined && { team }) })
  if (source.kind === 'collector') return succeeded({ ...source, month: compare })
  return wrong('With --facts, --compare has no collector to ask for a month', 'let --compare name a file of facts, too')
}

/** Slack refuses a message whose button leads elsewhere than to an http or https address, or to a very long one. */
function readLink(text: string): Result<string> {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url !== undefined && ['http:', 'https:'].includes(url.protocol) && url.href.length <= 3_000) {
    return succeeded(url.href)
  }
  return wrong(
    `Expected --link to be an http or https address, got ${quoted(text.slice(0, 200))}`,
    'such as `https://reports.example.org/2026-10.html`',
  )
}

function checkOutput(request: Request): Result<Request> {
  const { out, formats, languages, json } = request
  if (out === '') return wrong('Expected --out to be a folder, got nothing', '`--out .` is the folder that you are in')
  if (out !== STANDARD) return succeeded(request)
  if (json) return wrong('--json and --out - both want standard output', 'leave one of them out')
  const [format, ...furtherFormats] = formats
  const whole = { csv: 'csv, which is four files', pdf: 'pdf, which is no text' } as const
  if (format === 'csv' || format === 'pdf') {
    return wrong(`Expected one text with --out -, got ${whole[format]}`, 'name a folder: `--out reports`')
  }
  const several = furtherFormats.length > 0 || (format !== 'json' && languages.length > 1)
  if (!several) return succeeded(request)
  const found = `${formats.join(', ')} in ${languages.join(', ')}`
  return wrong(`Expected one format and one language with --out -, got ${found}`, 'add `--format md --lang en`')
}

function readSource(flags: Flags): Result<Request['source']> {
  if (flags.facts === '') return wrong('Expected --facts to be a file, got nothing', '`--facts -` reads standard input')
  const { team } = flags
  if (team !== undefined && (team.trim() === '' || team.length > LONGEST_TEAM)) {
    return wrong(
      `Expected --team to be the name of a team, got ${quoted(team.slice(0, 200))}`,
      'such as `--team payments`',
    )
  }
  const narrowing = team === undefined ? {} : { team }
  if (flags.facts !== undefined) return succeeded({ kind: 'file', path: flags.facts, ...narrowing })
  const timeoutMs = parseDuration(flags.timeout)
  if (timeoutMs === undefined || timeoutMs > LONGEST_WAIT) {
    return wrong(`Expected --timeout to be a duration up to 10m, got ${quoted(flags.timeout)}`, 'such as `30s`')
  }
  const url = readAddress(flags.url)
  return url.ok ? succeeded({ kind: 'collector', url: url.value, timeoutMs, ...narrowing }) : url
}

const LONGEST_TEAM = 200

const LONGEST_WAIT = 600_000

/** An address with a password in it would end up in shell histories, and in the messages below. */
function readAddress(text: string): Result<string> {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url?.username || url?.password) {
    return wrong('--url must not carry a name or password', 'set TABIJI_TOKEN_FILE or TABIJI_TOKEN instead')
  }
  if (url === undefined || !['http:', 'https:'].includes(url.protocol) || url.search !== '' || url.hash !== '') {
    return wrong(
      `Expected --url to be an http or https address, got ${quoted(text)}`,
      'such as `http://127.0.0.1:7070`',
    )
  }
  return succeeded(url.href.replace(/\/+$/, ''))
}

function readList<Name extends string>(flag: string, text: string, known: readonly Name[]): Result<readonly Name[]> {
  const asked = text.split(',').map((name) => name.trim())
  const unknown = asked.filter((name) => !known.some((one) => one === name))
  if (unknown.length > 0) {
    const found = unknown.map(quoted).join(', ')
    return wrong(`Expected ${flag} to be a list of ${known.join(', ')}, got ${found}`, `\`${flag} ${known.join(',')}\``)
  }
  return succeeded(known.filter((name) => asked.includes(name)))
}

function quoted(text: string): string {
  return JSON.stringify(text)
}

function wrong(message: string, fix: string): { readonly ok: false; readonly failure: Failure } {
  return failed({ code: 'USAGE', exit: EXIT.usage, message, fix })
}

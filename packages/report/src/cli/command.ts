import { Command, CommanderError } from 'commander'

/** The flags as they were written; nothing has been looked at but their names. */
export type Flags = {
  readonly url: string
  readonly facts?: string
  readonly format: string
  readonly lang: string
  readonly out: string
  readonly timeout: string
  readonly csvLabels?: string
  readonly link?: string
  readonly compare?: string
  readonly team?: string
  readonly withPeople?: true
  readonly json?: true
  readonly quiet?: true
}

export type Parsed =
  | { readonly kind: 'flags'; readonly month?: string; readonly flags: Flags }
  /** Help or version: printed, and that is all. */
  | { readonly kind: 'told'; readonly text: string }
  | { readonly kind: 'wrong'; readonly message: string }

const EXAMPLES = `Examples:
  tabiji-report                                    the last month that is over: both languages, all formats
  tabiji-report 2026-10 --lang ja --format html    one page in Japanese
  tabiji-report --facts facts.json --out reports   from a file, without a collector
  tabiji-report 2026-10 --compare 2025-10          beside the same month of the year before
  tabiji-report 2026-10 --team payments            the report of one team
  tabiji-report 2026-Q3                            three months side by side
`

const AFTER = `
A PDF is printed by the browser that TABIJI_BROWSER names, or by the first that is found.
The token for the collector comes from the file that TABIJI_TOKEN_FILE names, or from TABIJI_TOKEN.
Exit codes: 0 written · 1 facts refused or absent · 2 wrong usage or unreadable file · 3 collector not reachable ·
4 not allowed · 70 mistake in tabiji-report · 130 stopped`

/** Reads the command line. @param args without the names of node and the script */
export function parseCommand(args: readonly string[], version: string): Parsed {
  let text = ''
  const command = define(version)
    .exitOverride()
    .configureOutput({ writeOut: (told) => (text += told), writeErr: () => {} })
  try {
    command.parse(args, { from: 'user' })
  } catch (thrown) {
    if (!(thrown instanceof CommanderError)) throw thrown
    if (thrown.exitCode === 0) return { kind: 'told', text }
    return { kind: 'wrong', message: thrown.message.replace(/^error: /, '') }
  }
  const [month] = command.args
  const flags = command.opts<Flags>()
  return month === undefined ? { kind: 'flags', flags } : { kind: 'flags', month, flags }
}

/** What can be asked of a rendering, for a command that passes it on under a name of its own. */
export function renderHelp(): string {
  const command = define('')
  const help = command.createHelp()
  const rows = [...command.options].map(({ flags, description, defaultValue }) => {
    const unless = typeof defaultValue === 'string' ? ` (default: ${JSON.stringify(defaultValue)})` : ''
    return [flags, `${description}${unless}`] as const
  })
  const width = Math.max(...rows.map(([flags]) => flags.length))
  return rows.map(([flags, told]) => help.formatItem(flags, width, told, help)).join('\n')
}

function define(version: string): Command {
  return new Command('tabiji-report')
    .usage('[MONTH] [options]')
    .description('Writes the monthly reliability report: journeys, incidents, permanent fixes.')
    .argument(
      '[MONTH]',
      'calendar month as YYYY-MM, or quarter as YYYY-Qn; without it the last month that is over, or that of the file',
    )
    .option('--url <url>', 'address of the collector', 'http://127.0.0.1:7070')
    .option('--facts <file>', 'month facts from a file instead of the collector; - reads standard input')
    .option('--team <name>', 'only the journeys that this team owns, and what concerns them')
    .option('--compare <month>', 'an earlier month to stand beside it, or a file of its facts')
    .option('--format <list>', 'any of md, html, json, csv, pdf, slack', 'md,html,json')
    .option('--lang <list>', 'any of en, ja; each language is a file of its own', 'en,ja')
    .option('--out <folder>', 'where to write; - writes a single report to standard output', '.')
    .option('--csv-labels <lang>', 'a second line in CSV files with names for people, en or ja')
    .option('--link <url>', 'where the button of a message for Slack leads to')
    .option('--with-people', 'name owners of fixes and approvers of risks')
    .option('--timeout <duration>', 'how long the collector may take to answer', '30s')
    .option('--json', 'print what was written as one JSON document')
    .option('-q, --quiet', 'no progress and no warnings')
    .version(version)
    .helpOption('-h, --help', 'show this help')
    .addHelpText('before', EXAMPLES)
    .addHelpText('after', AFTER)
}

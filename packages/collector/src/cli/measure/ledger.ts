import type { Command } from 'commander'
import { verifyStore } from '../../app/audit.ts'
import { readAccounts, readProcesses } from '../../app/pages.ts'
import { CliError, CliExit, EXIT } from '../terminal/exit.ts'
import type { Io } from '../terminal/io.ts'
import { DEFAULT_CONFIG, load } from '../terminal/load.ts'
import { outputOf } from '../terminal/output.ts'
import { createCommand, examples } from '../terminal/program.ts'
import { addShow } from './ledger-show.ts'
import { accountsTable, processesTable, verificationDocument, verificationText } from './ledger-text.ts'

/** `tabiji ledger …`: looks into the books, beside a running daemon or without one. */
export function ledgerCommand(io: Io): Command {
  const ledger = createCommand('ledger', io)
    .description('Look into the books and check them, also while the daemon runs. Nothing is changed.')
    .addHelpText(
      'before',
      examples(
        'tabiji ledger verify',
        'tabiji ledger show checkout --from 2026-10-20T09:00 --to 2026-10-20T10:00',
        'tabiji ledger show checkout --step pay --from 2026-10-20 --to 2026-10-20 --csv',
      ),
    )
  addVerify(ledger, io)
  addShow(ledger, io)
  addLists(ledger, io)
  return ledger
}

type VerifyOptions = { readonly config: string; readonly store?: string }

/** How many rows pass between two words about the progress. */
const PROGRESS_ROWS = 100_000

function addVerify(ledger: Command, io: Io): void {
  ledger
    .command('verify')
    .description('Add up the whole log once more, and compare everything that is saved with it.')
    .option('-c, --config <file>', 'the configuration that names the store', DEFAULT_CONFIG)
    .option('--store <file>', 'the store itself; times are then told in UTC')
    .action((options: VerifyOptions, command: Command) => {
      const output = outputOf(command, io)
      const { file, zone } = storeOf(options, io)
      const read = verifyStore(file, (row, rows) => {
        if (row % PROGRESS_ROWS === 0) output.note(`${row} of ${rows} rows`)
      })
      if (!read.ok) throw new CliError(EXIT.usage, { code: read.code, message: read.message })
      const { answer } = read
      output.answer({ store: file, ...verificationDocument(answer, zone) }, () =>
        verificationText(answer, zone, (text) => output.style('red', text)),
      )
      if (answer.found > 0) throw new CliExit(EXIT.no)
    })
}

function storeOf({ store, config }: VerifyOptions, io: Io): { readonly file: string; readonly zone: string } {
  if (store !== undefined) return { file: store, zone: 'UTC' }
  const loaded = load(config, io)
  return { file: loaded.config.storeFile, zone: loaded.definition.timeZone }
}

function addLists(ledger: Command, io: Io): void {
  ledger
    .command('accounts')
    .description('List the accounts, with everything that was ever booked.')
    .option('-c, --config <file>', 'the configuration', DEFAULT_CONFIG)
    .action(({ config }: VerifyOptions, command: Command) => {
      const read = readAccounts(load(config, io).config)
      if (!read.ok) throw new CliError(EXIT.usage, { code: read.code, message: read.message })
      outputOf(command, io).answer(read.answer, () => accountsTable(read.answer))
    })
  ledger
    .command('processes')
    .description('List where the counters of each process stood at its last reading.')
    .option('-c, --config <file>', 'the configuration', DEFAULT_CONFIG)
    .action((options: VerifyOptions, command: Command) => {
      const { config, definition } = load(options.config, io)
      const read = readProcesses(config)
      if (!read.ok) throw new CliError(EXIT.usage, { code: read.code, message: read.message })
      outputOf(command, io).answer(read.answer, () => processesTable(read.answer, definition.timeZone))
    })
}

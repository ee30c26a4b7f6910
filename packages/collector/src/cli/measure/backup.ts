import type { Command } from 'commander'
import { backUp, type Progress, restore } from '../../app/copies.ts'
import { CliError, EXIT } from '../terminal/exit.ts'
import type { Io } from '../terminal/io.ts'
import { DEFAULT_CONFIG, loadConfig } from '../terminal/load.ts'
import { type Output, outputOf } from '../terminal/output.ts'
import { createCommand, examples } from '../terminal/program.ts'

type BackupOptions = { readonly config: string; readonly force?: boolean }

/** `tabiji backup`: a consistent copy of the store, also while the daemon runs. */
export function backupCommand(io: Io): Command {
  return createCommand('backup', io)
    .description('Copy the store to a file, also while the daemon runs.')
    .addHelpText('before', examples('tabiji backup books.db', 'tabiji backup backups/tabiji.db --force'))
    .argument('<file>', 'where the copy goes; it appears when it is whole')
    .option('-c, --config <file>', 'the configuration', DEFAULT_CONFIG)
    .option('--force', 'replace the file if it exists')
    .action(async (file: string, { config, force = false }: BackupOptions, command: Command) => {
      const output = outputOf(command, io)
      const { storeFile } = loadConfig(config, io)
      const progress = progressOf(output)
      await told(() => backUp(storeFile, file, { now: io.now(), force, progress }))
      output.answer({ store: storeFile, file, at: io.now() }, () => `${storeFile} was copied to ${file}\n`)
    })
}

/** `tabiji restore`: a copy takes the place of the store, which is kept under another name. */
export function restoreCommand(io: Io): Command {
  return createCommand('restore', io)
    .description('Put a copy in the place of the store, while no daemon runs. The store is kept under another name.')
    .addHelpText('before', examples('tabiji restore books.db'))
    .argument('<file>', 'a copy that `tabiji backup` made')
    .option('-c, --config <file>', 'the configuration', DEFAULT_CONFIG)
    .action(async (file: string, { config }: { readonly config: string }, command: Command) => {
      const output = outputOf(command, io)
      const { storeFile } = loadConfig(config, io)
      const restored = await told(() => restore(storeFile, file, io.now(), progressOf(output)))
      const { backupAt, replaced, held, again } = restored
      output.answer({ store: storeFile, ...restored }, () =>
        [
          `${storeFile} is what ${file} was${backupAt === undefined ? '' : ` at ${new Date(backupAt).toISOString()}`}`,
          replaced === undefined ? 'there was no store before' : `the store before it is ${replaced}`,
          `${held} notification(s) wait for a decision, ${again} page(s) will be sent again`,
          '',
        ].join('\n'),
      )
      output.note(held > 0 ? 'next: tabiji up, then tabiji outbox list' : 'next: tabiji up')
    })
}

/** A word at most every tenth of the way, so that long work is seen to go on. */
function progressOf(output: Output): Progress {
  let next = 1
  return (done, total) => {
    if (total === 0 || done * 10 < next * total) return
    next = Math.floor((done * 10) / total) + 1
    output.note(`${Math.floor((done * 100) / total)} %`)
  }
}

async function told<Result>(act: () => Promise<Result>): Promise<Result> {
  try {
    return await act()
  } catch (error) {
    const { name, code, message } = error as { name?: string; code?: unknown; message: string }
    if (name !== 'StoreError') throw error
    throw new CliError(EXIT.no, { code: String(code), message }, [], { cause: error })
  }
}

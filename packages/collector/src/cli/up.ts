import type { Command } from 'commander'
import { type Addresses, type App, createApp, createLog, type Logger } from '../app/app.ts'
import { tidyHeap, tuneHeap } from '../app/heap.ts'
import { examineRunning } from './doctor/doctor-running.ts'
import { CliError, EXIT } from './terminal/exit.ts'
import type { Io } from './terminal/io.ts'
import { DEFAULT_CONFIG, load, loadDefinition, placed } from './terminal/load.ts'
import { createCommand, examples, type GlobalOptions } from './terminal/program.ts'

type Options = { readonly config: string; readonly logLevel: string }

/** How `tabiji up` hears from the system; a test sends the same without ending itself. */
export type Signals = {
  on(signal: 'SIGTERM' | 'SIGINT' | 'SIGHUP', listener: () => void): unknown
  off(signal: 'SIGTERM' | 'SIGINT' | 'SIGHUP', listener: () => void): unknown
}

/** `tabiji up`: the daemon, in the foreground until a signal ends it. */
export function upCommand(io: Io, signals: Signals): Command {
  return createCommand('up', io)
    .description('Run the collector: read targets, keep the books, evaluate, notify, serve the API.')
    .addHelpText(
      'before',
      examples(
        'tabiji up',
        'tabiji up --config /etc/tabiji/tabiji.yaml',
        'kill -HUP PID  # take the journeys file, secrets, certificates, calendars and checklists as they are now',
      ),
    )
    .option('-c, --config <file>', 'the configuration', DEFAULT_CONFIG)
    .option('--log-level <level>', 'debug, info, warn, error or silent', 'info')
    .action(async ({ config: file, logLevel }: Options, command: Command) => {
      tuneHeap()
      const { config, definition, questions, warnings, rotate } = load(file, io)
      tidyHeap()
      const log = createLog(logLevel)
      for (const warning of warnings) log.warn(placed(warning))
      const app = openApp(() =>
        createApp(
          config,
          definition,
          {
            now: io.now,
            monotonic: () => performance.now(),
            log,
            rotate,
            loadDefinition: () => loadDefinition(config),
            examine: (inForce) => {
              const journeys = { file: config.journeysFile, definition: inForce }
              return examineRunning({ addresses: [], config, journeys, now: io.now })
            },
          },
          questions,
        ),
      )
      const addresses = await startApp(app)
      tidyHeap()
      // Before anybody is told that it is up: a signal that comes at once must find somebody who listens.
      const stopped = untilStopped(app, signals, log)
      // A daemon goes on after its answer, so the answer is one line that a script can wait for.
      const { json = false } = command.optsWithGlobals<GlobalOptions>()
      io.stdout.write(json ? `${JSON.stringify(addresses)}\n` : textOf(addresses))
      log.info(
        { journeys: definition.journeys.length, targets: config.targets.length, engines: config.engines.length },
        'the collector is up',
      )
      await stopped
    })
}

function textOf({ api, ingest, hooks }: Addresses): string {
  return `API     ${api}\ningest  ${ingest}\n${hooks === undefined ? '' : `hooks   ${hooks}\n`}`
}

/** What cannot be used, such as a store that another daemon has open, is told as such and not as a bug. */
function openApp(create: () => App): App {
  try {
    return create()
  } catch (error) {
    const { name, code, message } = error as { name?: string; code?: unknown; message: string }
    if (name !== 'StoreError' && name !== 'SqliteError') throw error
    throw new CliError(EXIT.no, { code: String(code), message }, [], { cause: error })
  }
}

async function startApp(app: App): Promise<Addresses> {
  try {
    return await app.start()
  } catch (error) {
    await app.stop()
    const { code, message } = error as NodeJS.ErrnoException
    if (code !== 'EADDRINUSE' && code !== 'EACCES' && code !== 'EADDRNOTAVAIL') throw error
    const hint = 'another program has the port, or it may not be taken; change `listen` in the configuration'
    throw new CliError(EXIT.no, { code: 'CLI_LISTEN', message, hint }, [], { cause: error })
  }
}

/** Reloads on SIGHUP, ends on SIGTERM and SIGINT; a second one of those does not wait. */
function untilStopped(app: App, signals: Signals, log: Logger): Promise<void> {
  return new Promise((resolve, reject) => {
    const reload = () => {
      const problems = app.reload()
      for (const problem of problems) log.error({ code: problem.code }, placed(problem))
      if (problems.length === 0) log.info('the journeys file was loaded again')
      else log.error('the journeys file was refused; the one before it stays in force')
    }
    const stop = () => {
      signals.off('SIGHUP', reload)
      signals.off('SIGTERM', stop)
      signals.off('SIGINT', stop)
      log.info('the collector is stopping')
      app.stop().then(resolve, reject)
    }
    signals.on('SIGHUP', reload)
    signals.on('SIGTERM', stop)
    signals.on('SIGINT', stop)
  })
}

import type { Events } from '../event/events.ts'

/** What a shutdown needs of an `http.Server` or `https.Server`. */
export interface ClosableServer {
  close(done: (error?: Error) => void): unknown
  closeIdleConnections(): void
  closeAllConnections(): void
}

export type SignalName = 'SIGTERM' | 'SIGINT'

export type ShutdownOptions = {
  /**
   * Milliseconds that open requests and jobs get to end by themselves.
   * @default 10000
   */
  readonly graceMs?: number
  /** @default ['SIGTERM', 'SIGINT'] */
  readonly signals?: readonly SignalName[]
}

/** 128 + n is what shells report for a process that a signal ended; n is 15 for SIGTERM and 2 for SIGINT. */
const EXIT_CODE: Readonly<Record<SignalName, number>> = { SIGTERM: 143, SIGINT: 130 }

const IDLE_CHECK_MS = 50

/**
 * Listens for signals, and on the first: stops accepting, waits for what is open, books what is still open at the end
 * of the grace as an error, runs `finish` and ends the process. A second signal ends the grace at once. Where the app
 * listens for the signal too, ending the process is left to it, with the exit code set.
 * @returns a function that stops listening.
 */
export function closeOnSignals(
  server: ClosableServer,
  events: Events,
  finish: () => Promise<unknown>,
  options: ShutdownOptions,
): () => void {
  const { graceMs = 10_000, signals = ['SIGTERM', 'SIGINT'] } = options
  let hurry: (() => void) | undefined
  const stopListening = () => {
    for (const signal of signals) process.removeListener(signal, onSignal)
  }
  const onSignal = async (signal: NodeJS.Signals) => {
    if (hurry !== undefined) return hurry()
    const hurried = new Promise<void>((done) => {
      hurry = done
    })
    await drain(server, events, graceMs, hurried)
    await finish()
    stopListening()
    endProcess(signal === 'SIGINT' ? 'SIGINT' : 'SIGTERM')
  }
  for (const signal of signals) process.on(signal, onSignal)
  return stopListening
}

/** Stops the server; resolves when nothing is open any more, or at the end of the grace with everything ended by force. */
async function drain(server: ClosableServer, events: Events, graceMs: number, hurried: Promise<void>): Promise<void> {
  const closed = new Promise<void>((done) => server.close(() => done()))
  // `close` waits for connections that are kept alive after their last answer, seconds after nothing is open any more.
  const sweep = setInterval(() => server.closeIdleConnections(), IDLE_CHECK_MS)
  let timer: NodeJS.Timeout | undefined
  const grace = new Promise<'over'>((done) => {
    timer = setTimeout(() => done('over'), graceMs)
    void hurried.then(() => done('over'))
  })
  const ended = await Promise.race([Promise.all([closed, events.idle()]), grace])
  clearTimeout(timer)
  clearInterval(sweep)
  if (ended !== 'over') return
  events.expire()
  server.closeAllConnections()
}

function endProcess(signal: SignalName): void {
  process.exitCode = EXIT_CODE[signal]
  if (process.listenerCount(signal) === 0) process.exit()
}

import cluster, { type Worker } from 'node:cluster'
import type { Borrowed } from '../event/borrowed.ts'
import type { Candidates } from '../event/candidates.ts'
import type { Cells } from '../event/cells.ts'
import type { Dropped } from '../event/dropped.ts'
import type { ExemplarNews, Exemplars } from '../event/exemplars.ts'
import type { Probed } from '../event/probed.ts'
import type { Closed } from './hand-over.ts'

/** Measuring in a cluster of `node:cluster`. */
export type ClusterOptions = {
  /**
   * Milliseconds between two messages of a worker. What a worker counted since its last one is lost when it is killed.
   * @default 1000
   */
  readonly intervalMs?: number
}

/** Marks our messages among those that the app sends for itself. */
const KIND = '@tabiji/sdk counters/v1'

/** What a worker tells: everything that it counted, so that a message that is lost or comes twice changes nothing. */
type Told = {
  readonly kind: typeof KIND
  readonly processId: string
  readonly service: string
  readonly fingerprint: string
  /** The pairs of journey and own step of which it counts dependencies. */
  readonly borrowed: string
  /** The steps that it judges in the shadow, with their candidate times. */
  readonly candidates: string
  /** The numbers of its cells, one after another, then what it did for other journeys, in the shadow, dropped, and for probes. */
  readonly row: readonly number[]
  /** Traces of slow and failed events since the last message. */
  readonly exemplars: readonly ExemplarNews[]
}

export type Member = {
  readonly processId: string
  readonly service: string
  readonly fingerprint: string
  readonly cells: Cells
  readonly borrowed: Borrowed
  readonly candidates: Candidates
  readonly dropped: Dropped
  readonly exemplars: Exemplars
  readonly probed: Probed
}

const rowsOf = ({ cells, borrowed, candidates, dropped, probed }: Member) =>
  [cells.row, borrowed.row, candidates.row, dropped.row, probed.row] as const

const namesOf = ({ pairs }: Borrowed) => pairs.map(({ journey, serviceStep }) => `${journey}/${serviceStep}`).join(' ')

const timesOf = ({ steps }: Candidates) =>
  steps.map(({ journey, step, withinMs }) => `${journey}/${step} ${withinMs}`).join(' ')

/** A message that came after its worker was forgotten would be counted anew, so forgetting waits until none can come. */
const FORGET_MS = 60_000

/** Traces in one message, so that it stays small. */
const MOST_EXEMPLARS = 32

/** Longest time that a worker's last message may take to leave it. */
const LAST_MESSAGE_MS = 3_000

/**
 * Tells the primary what this worker counted: at an interval when something was, before the worker is disconnected, and
 * when it exits. On POSIX a message that fits into the channel has left the process when `send` returns.
 *
 * @param expire books what is still going on when the worker exits
 * @returns tells it now; resolves when it has left the process
 */
export function tellPrimary(member: Member, intervalMs: number, expire: () => void): () => Promise<Closed> {
  const { processId, service, fingerprint, cells, dropped, probed } = member
  let told = -1
  const all = () => cells.total() + [...dropped.row, ...probed.row].reduce((sum, count) => sum + count, 0)
  const tell = (exemplars: readonly ExemplarNews[], done: (error: Error | null) => void = () => undefined) => {
    if (!process.connected || process.send === undefined) return done(new Error('disconnected'))
    told = all()
    const message: Told = {
      kind: KIND,
      processId,
      service,
      fingerprint,
      borrowed: namesOf(member.borrowed),
      candidates: timesOf(member.candidates),
      row: rowsOf(member).flatMap((row) => [...row]),
      exemplars,
    }
    process.send(message, undefined, {}, done)
  }
  const news = () => member.exemplars.news(MOST_EXEMPLARS)
  setInterval(() => {
    if (all() !== told) tell(news())
  }, intervalMs).unref()
  // The last message has to fit into the channel, so it says the counts alone.
  const tellLast = () => {
    if (all() !== told) tell([])
  }
  process.on('exit', () => {
    expire()
    tellLast()
  })
  // `worker.disconnect()` ends here on either side, and after it nothing can be said any more.
  const { disconnect } = process
  process.disconnect = () => {
    tellLast()
    disconnect.call(process)
  }
  return () =>
    new Promise((resolve) => {
      const unreachable = (code: string) => resolve({ accepted: false, reason: 'unreachable', code })
      const late = setTimeout(() => unreachable('TimeoutError'), LAST_MESSAGE_MS)
      tell(news(), (error) => {
        clearTimeout(late)
        if (error === null) resolve({ accepted: true })
        else unreachable('ERR_IPC_CHANNEL_CLOSED')
      })
    })
}

/**
 * Adds what workers tell to the primary's own cells: what each tells beyond what it told before. So a worker that is gone
 * stays in the sum, and needs no more memory.
 */
export function listenToWorkers(primary: Member, tell: (kind: 'cluster', message: string) => void): void {
  const add = (more: readonly number[]) => {
    let next = 0
    for (const row of rowsOf(primary)) for (const [at, count] of row.entries()) row[at] = count + (more[next++] ?? 0)
  }
  /** What each worker that lives told last. */
  const rows = new Map<string, { readonly worker: number; readonly row: readonly number[] }>()
  cluster.on('message', (worker: Worker, message: unknown) => {
    if (!isOurs(message)) return
    const refusal = refusalOf(message, primary)
    if (refusal !== undefined) return tell('cluster', `The counters of worker ${worker.id} are not taken: ${refusal}.`)
    const before = rows.get(message.processId)?.row
    add(message.row.map((value, i) => Math.max(0, value - (before?.[i] ?? 0))))
    const row = message.row.map((value, i) => Math.max(value, before?.[i] ?? 0))
    rows.set(message.processId, { worker: worker.id, row })
    primary.exemplars.takeOver(message.exemplars)
  })
  cluster.on('disconnect', ({ id }) => {
    const forget = () => {
      for (const [processId, { worker }] of rows) if (worker === id) rows.delete(processId)
    }
    setTimeout(forget, FORGET_MS).unref()
  })
}

function isOurs(message: unknown): message is Told {
  return typeof message === 'object' && message !== null && (message as { kind?: unknown }).kind === KIND
}

/** Why a message is not taken; a row of other numbers than ours would be booked under the wrong names. */
function refusalOf(
  { service, fingerprint, borrowed, candidates, row, processId }: Told,
  primary: Member,
): string | undefined {
  const { cells } = primary
  if (service !== primary.service) return `expected the service ${primary.service}, got ${String(service).slice(0, 80)}`
  if (fingerprint !== primary.fingerprint) {
    return `expected the journeys ${primary.fingerprint}, got ${String(fingerprint).slice(0, 80)}; restart the primary too`
  }
  if (borrowed !== namesOf(primary.borrowed)) return 'expected the same `context.borrowed` as in the primary'
  if (candidates !== timesOf(primary.candidates)) return 'expected the candidate times of the primary; restart it too'
  const isCount = (value: unknown, i: number) =>
    i < cells.wholeNumbers || i >= cells.row.length
      ? Number.isSafeInteger(value) && Number(value) >= 0
      : Number.isFinite(value) && Number(value) >= 0
  const width = rowsOf(primary).reduce((sum, part) => sum + part.length, 0)
  const isRow = Array.isArray(row) && row.length === width && row.every(isCount)
  return isRow && typeof processId === 'string'
    ? undefined
    : 'expected a row of counts as this version of the SDK writes it'
}

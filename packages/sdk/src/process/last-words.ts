import type { HandOver } from '@tabiji/core/journey'
import { type Closed, describeFailure, handOver } from './hand-over.ts'
import type { Spool } from './spool.ts'
import type { HandOverTarget } from './target.ts'

/** Pauses while the collector is away: doubled from the first to the longest. */
const FIRST_PAUSE_MS = 1_000
const LONGEST_PAUSE_MS = 60_000

/** Statuses that depend on the moment or the configuration, not on the document: the document stays. */
const MAY_BE_TAKEN_LATER: ReadonlySet<number> = new Set([401, 403, 404, 407, 408, 425, 429])

type Tell = (kind: 'hand-over' | 'spool', message: string) => void

/** What a process has to say at its end. */
export type Counters = {
  /** The counters as they stand. */
  final(): HandOver
  /** All events booked. */
  total(): number
  /** Books what is still going on: it ends with the process. */
  expire(): void
}

/**
 * Callers share one hand-over for as long as no event is booked after it began. Counters that could not be handed over
 * go to the spool, and so do those that nobody tried to hand over before the process exits.
 */
export function createClose(target: HandOverTarget, counters: Counters, tell: Tell): () => Promise<Closed> {
  const { spool } = target
  let last: { readonly booked: number; readonly result: Promise<Closed> } | undefined
  let accepted = -1
  const act = async (booked: number): Promise<Closed> => {
    const body = counters.final()
    const closed = await handOver(target, body)
    if (closed.accepted) {
      accepted = Math.max(accepted, booked)
      spool?.forget(body.processId, booked)
      return closed
    }
    const spooled = spool !== undefined && write(spool, body, booked, tell)
    tell('hand-over', describeFailure(closed, spooled))
    return spooled ? { ...closed, spooled } : closed
  }
  if (spool !== undefined) {
    const writeUnlessAccepted = () => {
      const booked = counters.total()
      if (booked > accepted) write(spool, counters.final(), booked, tell)
    }
    atUncaughtException(writeUnlessAccepted)
    atExit(() => {
      counters.expire()
      writeUnlessAccepted()
    })
  }
  return () => {
    const booked = counters.total()
    if (last === undefined || last.booked !== booked) last = { booked, result: act(booked) }
    return last.result
  }
}

function write(spool: Spool, body: HandOver, events: number, tell: Tell): boolean {
  const problem = spool.write(body, events)
  if (problem !== undefined) tell('spool', `The final counters could not be written to the spool: ${problem}.`)
  return problem === undefined
}

/**
 * Neither listener changes how a process ends: `exit` comes when that is settled, and the monitor of uncaught exceptions
 * only watches, so it is not sure then that this is the end. One of each, however many recorders there are.
 */
const atExit = listener('exit')
const atUncaughtException = listener('uncaughtExceptionMonitor')

function listener(event: 'exit' | 'uncaughtExceptionMonitor'): (act: () => void) => void {
  const acts: (() => void)[] = []
  return (act) => {
    if (acts.push(act) > 1) return
    process.on(event, () => {
      for (const each of acts) {
        try {
          each()
        } catch {
          // An error thrown here would change how the service ends.
        }
      }
    })
  }
}

/**
 * Hands over what earlier processes left in the spool, in the background: the oldest first, and for as long as the
 * collector is away again and again. It keeps no process alive.
 */
export function handOverSpooled(target: HandOverTarget, service: string, epoch: () => number, tell: Tell): void {
  const { spool } = target
  if (spool === undefined) return
  const round = async (): Promise<boolean> => {
    for (const { file, body } of await spool.waiting(service)) {
      const closed = await handOver(target, { ...body, sentAt: new Date(epoch()).toISOString() })
      if (closed.accepted) await spool.done(file)
      else if (closed.reason === 'unreachable') return false
      else if (closed.status < 400 || MAY_BE_TAKEN_LATER.has(closed.status)) {
        tell('spool', `The collector answered HTTP ${closed.status} to counters of an earlier process; they wait.`)
        return false
      } else {
        await spool.setAside(file)
        tell('spool', `The collector refused ${file} with HTTP ${closed.status}; it is kept as ${file}.refused.`)
      }
    }
    return true
  }
  const turn = async (pauseMs: number): Promise<void> => {
    const done = await round().catch(() => false)
    if (!done) later(Math.min(LONGEST_PAUSE_MS, pauseMs * 2), pauseMs)
  }
  const later = (nextPauseMs: number, waitMs: number) => {
    setTimeout(() => void turn(nextPauseMs), waitMs).unref()
  }
  later(FIRST_PAUSE_MS, 0)
}

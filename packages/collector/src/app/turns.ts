import type { StorePart } from '../jobs/ledger/health.ts'
import type { House } from './house.ts'
import { runSteps } from './steps.ts'
import type { Trackers } from './trackers.ts'

/** The turns that the loops run, one after another or by hand when a test moves the clock. None of them rejects. */
export type Turns = {
  /** Looks at the lists of targets, then reads every target and every engine once and books what they said. */
  read(): Promise<void>
  /** Asks the engine of the OpenSLO files about the intervals that are over, and books what it said. */
  ask(): Promise<void>
  /** Asks the ruler, when there is one. */
  askRuler(): Promise<void>
  /** Reads every tracker once and records what has changed there. */
  follow(): Promise<void>
  /** Judges every objective and commits what follows. @returns whether anything became owed */
  evaluate(): boolean
  /** Sends what is due. */
  deliver(): Promise<void>
  /** Tells receivers that forget what they were told. */
  renew(): Promise<void>
  /** Keeps old entries in wider slots, in short steps with room for everything else in between. */
  keep(): Promise<void>
  /** Looks whether files of secrets, certificates, calendars and checklists have changed, and goes by the new ones that can be used. */
  rotate(): void
  /** Tests the ways to people once a week, where the configuration asks for it. @returns whether anything became owed */
  testWeekly(): boolean
  /** Saves the edges, so that the next start need not walk the log. */
  checkpoint(): void
}

/** Reading ends at once when the app stops; a delivery under way is given time, because ending it leaves a doubt. */
export type Endings = { readonly reading: AbortSignal; readonly delivering: AbortSignal }

export function createTurns(house: House, { follow }: Trackers, { reading, delivering }: Endings): Turns {
  const {
    now,
    log,
    health,
    clock,
    stores,
    metrics,
    ingest,
    reader,
    targets,
    catchUps,
    evaluation,
    delivery,
    gatekeeper,
  } = house
  const guarded = <Result>(part: StorePart, what: string, fallback: Result, act: () => Result): Result => {
    try {
      const result = act()
      health.wrote(part)
      return result
    } catch (error) {
      health.wrote(part, error)
      log.error({ err: error }, `${what} failed; it is tried again at the next turn`)
      return fallback
    }
  }
  const checkpoint = () =>
    guarded('checkpoint', 'a checkpoint', undefined, () => {
      house.ledger.checkpoint(now())
      health.wroteAgain()
    })
  /** What may be wrong beneath everything else: the file, the clock, the room on the disk. */
  const look = () => {
    health.looked(stores.trouble())
    const wasDoubtful = clock?.isDoubtful() ?? false
    const jump = clock?.look() ?? 0
    if (jump !== 0 || (wasDoubtful && clock?.isDoubtful() === false)) delivery.clockMoved()
    if (jump !== 0) {
      const seconds = Math.round(jump / 1000)
      log.error({ seconds }, 'the clock jumped; counting goes on')
      house.troubles.clockJumped(seconds)
    }
    // Nobody may come with a reading for a while, so the house tries by itself whether the store takes writes again.
    if (health.isRefused()) checkpoint()
  }
  return {
    read: async () => {
      await Promise.all(targets.listings.map(({ look }) => look(reading)))
      await Promise.all([
        ...targets.sources().map((source) => reader.read(source, reading)),
        ...catchUps.map(({ turn }) => turn(reading)),
      ])
    },
    ask: () => house.ask(reading),
    follow,
    askRuler: async () => house.results?.poll(reading),
    evaluate: () =>
      guarded('evaluation', 'an evaluation', false, () => {
        look()
        const began = performance.now()
        ingest.flush()
        house.lookForSilence()
        const lines = [...evaluation.tick(house.judge(), now()), ...house.drills.tick(now())]
        for (const line of lines) log.info(line, `alert ${line.episode}: ${line.transition}`)
        metrics.evaluated(now(), (performance.now() - began) / 1000)
        health.evaluated(now())
        // After everything that happened, so that the gates see all of it.
        const isLetGo = gatekeeper.look(now())
        const digests = house.digests.tick(now())
        for (const digest of digests) log.info(digest, `a digest for ${digest.team}`)
        const updates = house.updates.tick(now())
        for (const incident of updates) log.info({ incident }, 'the next update is due')
        const late = house.postmortems.remind(now())
        for (const incident of late) log.info({ incident }, 'the postmortem is overdue')
        const troubled = house.troubles.look()
        const changed = house.changes.look()
        // Its failure must keep no page from people.
        const opened = guarded('evaluation', 'opening incidents', [], () => house.incidents.look(now()))
        for (const line of opened) log.info(line, `incident ${line.incident}: ${line.episode}`)
        const shown = guarded('evaluation', 'showing incidents', [], () => house.boards.look())
        const told = [updates, late, digests, shown].some(({ length }) => length > 0)
        return isLetGo || told || troubled || changed
      }),
    deliver: async () => {
      try {
        if ((gatekeeper.nextLookAt() ?? Number.POSITIVE_INFINITY) <= now()) gatekeeper.look(now())
        await delivery.pump(delivering)
        health.wrote('delivery')
      } catch (error) {
        health.wrote('delivery', error)
        log.error({ err: error }, 'a delivery could not be recorded; it is tried again at the next turn')
      }
    },
    renew: async () => {
      try {
        await house.renewal.turn(delivering)
      } catch (error) {
        log.error({ err: error }, 'what holds could not be told again; it is tried again at the next turn')
      }
    },
    keep: async () => {
      if (clock?.isDoubtful() === true) return
      try {
        const kept = await runSteps(house.keepBooks(), reading)
        if (kept !== undefined && kept.rowsBefore + kept.months > 0) log.info(kept, 'old entries were put in order')
      } catch (error) {
        health.wrote('keeping', error)
        log.error({ err: error }, 'keeping the log failed; it is tried again at the next turn')
      }
    },
    rotate: () => rotate(house),
    testWeekly: () =>
      guarded('delivery', 'the weekly test of receivers', false, () => {
        const tested = house.receivers.testWeekly()
        if (tested.length > 0) log.info({ receivers: tested }, 'the receivers of pages are tested, as each week')
        return tested.length > 0
      }),
    checkpoint,
  }
}

function rotate({ rotate: read, log, health }: House): void {
  if (read === undefined) return
  const { taken, refused, broken } = read()
  for (const { code, at, message } of refused) {
    const place = at === undefined ? '' : `${at.file}:${at.line}:${at.column}: `
    log.error({ code }, `${place}${message}; what it held before stays in force`)
  }
  for (const what of taken) log.info({ what }, 'a file that the configuration names has changed and is in force')
  health.rotated(broken.length)
}

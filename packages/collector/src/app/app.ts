import type { Definition } from '@tabiji/core/journey'
import type { Reading } from '@tabiji/core/ledger'
import type { Question } from '@tabiji/core/openslo'
import type { Problem } from '@tabiji/core/problem'
import { readAssets } from '@tabiji/dashboard'
import type { Config } from '../config/config.ts'
import { createApiHouse } from '../http/api-house.ts'
import { createHouse, type Door, openDoor } from '../http/door.ts'
import { ingestRoutes } from '../http/ingest.ts'
import { otlpRoutes } from '../http/otlp.ts'
import { createFixImport } from '../jobs/fix/import-fixes.ts'
import { type Loop, startLoop } from '../jobs/loop/schedule.ts'
import type { Reports } from '../ports/reports.ts'
import { createApi } from './api.ts'
import { startHeartbeat } from './heartbeat.ts'
import { openHooks } from './hooks.ts'
import { buildHouse, type House, type Surroundings } from './house.ts'
import { ASKING_MS } from './indicators.ts'
import { openReports, startDrafts } from './reports.ts'
import { firstResponseOf } from './response.ts'
import { openSettings } from './settings.ts'
import { openTrackers, type Trackers } from './trackers.ts'
import { createTurns, type Turns } from './turns.ts'
import { ownVersion } from './version.ts'

export { createLog, type Logger } from '../telemetry/log.ts'
export type { Surroundings } from './house.ts'

export type Addresses = { readonly api: string; readonly ingest: string; readonly hooks?: string }

export type App = {
  /** Opens the doors, then reads, evaluates and delivers until it is stopped. Rejects when a door cannot be opened. */
  start(): Promise<Addresses>
  /** Takes nothing new, books what waits, ends deliveries under way, and closes the store. No alert is resolved by it. */
  stop(): Promise<void>
  /**
   * Takes the journeys file, and the files of secrets, certificates, calendars and checklists, as they are now; what is wrong stays as it was.
   *
   * @returns the problems of the journeys file
   */
  reload(): readonly Problem[]
  /** For who moves the clock by hand instead of calling `start`'s loops. */
  readonly turns: Turns
  /** Opens the doors without starting the loops. */
  open(): Promise<Addresses>
}

const CHECKPOINT_MS = 5 * 60_000

/** How often old entries are looked through. */
const KEEPING_MS = 60 * 60_000

/** How often files of secrets and certificates are looked at: whoever replaces one keeps the old one valid for longer. */
const ROTATION_MS = 15_000

/** How often the outbox is looked at besides the moments in which something becomes owed. */
const DELIVERY_MS = 1_000

/** How often receivers that forget are told again; Prometheus does it every minute. */
const RENEWAL_MS = 30_000

/** How often it is looked whether the weekly test is due. */
const SELF_TEST_MS = 60_000

/** How long deliveries under way may still take when the app stops. */
const LAST_DELIVERY_MS = 10_000

/**
 * Wires the collector. Nothing is listening or running before `start`.
 *
 * @param questions what the engine of the configuration's OpenSLO files is asked
 */
export function createApp(
  config: Config,
  definition: Definition,
  surroundings: Surroundings,
  questions: readonly Question[] = [],
): App {
  const house = buildHouse(config, definition, surroundings, questions)
  const reading = new AbortController()
  const delivering = new AbortController()
  const trackers = openTrackers(house, reading.signal)
  const turns = createTurns(house, trackers, { reading: reading.signal, delivering: delivering.signal })
  const reports = openReports(house, reading.signal)
  const doors: Door[] = []
  const loops: Loop[] = []
  const open = async () => {
    const [api, ingest] = await Promise.all([openApi(house, trackers, reports), openIngest(house)])
    doors.push(api, ingest)
    const hooks = await openHooks(house, turns, trackers)
    if (hooks !== undefined) doors.push(hooks)
    return { api: api.url, ingest: ingest.url, ...(hooks !== undefined && { hooks: hooks.url }) }
  }
  return {
    open,
    start: async () => {
      const addresses = await open()
      loops.push(...startLoops(house, turns), ...startCatchUps(house, reading.signal))
      loops.push(...startListings(house, reading.signal), startHeartbeat(house, reading.signal))
      loops.push(...trackers.start(), startDrafts(house, reports))
      house.reader.start(reading.signal)
      house.probes.start(reading.signal)
      return addresses
    },
    stop: async () => {
      reading.abort()
      house.movements.end()
      const late = setTimeout(() => delivering.abort(), LAST_DELIVERY_MS)
      await Promise.all(doors.map((door) => door.close()))
      await Promise.all([...loops.map((loop) => loop.stop()), house.delivery.stop()])
      clearTimeout(late)
      turns.evaluate()
      turns.checkpoint()
      house.drills.close()
      house.outgoing.close()
      house.stores.close()
    },
    reload: () => {
      turns.rotate()
      return reload(house)
    },
    turns,
  }
}

function startLoops(house: House, turns: Turns): readonly Loop[] {
  const { config } = house
  const delivery = startLoop(DELIVERY_MS, turns.deliver)
  const evaluation = startLoop(config.evaluation.intervalMs, () => {
    if (turns.evaluate()) delivery.kick()
    house.movements.moved()
  })
  const keeping = startLoop(KEEPING_MS, turns.keep)
  // A daemon that is never up for an hour must keep its log as well.
  keeping.kick()
  const asking = config.openslo === undefined ? [] : [startLoop(ASKING_MS, turns.ask)]
  const ruler = config.ruler === undefined ? [] : [startLoop(config.ruler.intervalMs, turns.askRuler)]
  // Until it has answered nobody knows who tells of alerts.
  ruler[0]?.kick()
  const rest = [
    startLoop(CHECKPOINT_MS, turns.checkpoint),
    startLoop(ROTATION_MS, turns.rotate),
    startLoop(RENEWAL_MS, turns.renew),
    startLoop(SELF_TEST_MS, () => {
      if (turns.testWeekly()) delivery.kick()
    }),
  ]
  return [evaluation, ...rest, keeping, delivery, ...asking, ...ruler]
}

/** What an engine kept is read at once: nobody is judged before it is there. */
function startCatchUps({ catchUps }: House, ending: AbortSignal): readonly Loop[] {
  return catchUps.map(({ source, turn }) => {
    const loop = startLoop(source.intervalMs, () => turn(ending))
    loop.kick()
    return loop
  })
}

/** Lists are looked at once at the start, and then each at its pace. */
function startListings({ targets }: House, ending: AbortSignal): readonly Loop[] {
  return targets.listings.map(({ refreshMs, look }) => {
    const loop = startLoop(refreshMs, () => look(ending))
    loop.kick()
    return loop
  })
}

function reload(house: House): readonly Problem[] {
  const read = house.loadDefinition()
  const problems = read.ok ? enforce(house, read.definition, read.questions) : read.problems
  house.health.reloaded(problems.length)
  house.metrics.reloaded(problems.length === 0, house.now())
  return problems
}

/** What is in force is written down first; when the store refuses that, the file before it stays in force. */
function enforce(house: House, definition: Definition, questions?: readonly Question[]): readonly Problem[] {
  try {
    house.enforce(definition, questions)
    return []
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    const message = `Expected the store to take the new file, but it refused: ${reason}`
    return [{ code: 'STORE_REFUSED', severity: 'error', message, path: [] }]
  }
}

function openApi(house: House, { tickets, views }: Trackers, reports: Reports): Promise<Door> {
  const { config, log, work, corrections, receivers, annotations, acknowledging, drills, stores, health, now } = house
  const { silences, maintenance, digests, timelines, impact, statistics } = house
  const { host, port, tokens, signIn } = config.listen.api
  const offered = {
    api: createApi(house, views),
    courses: house.courses,
    trackers: views,
    work,
    tickets,
    fixImport: createFixImport({ store: stores.work, zone: () => house.judge().definition.timeZone, now }),
    timelines,
    impact,
    statistics,
    corrections,
    receivers,
    annotations,
    acknowledging,
    drills,
    silences,
    maintenance,
    digests,
    response: firstResponseOf(config, stores, () => house.judge().definition.timeZone, now),
    runbookDesk: house.runbookDesk,
    postmortems: house.postmortems,
    practice: house.practice,
    reports,
    ...openSettings(house),
  }
  const pages = {
    ...(signIn !== undefined && { signIn }),
    movements: house.movements,
    version: ownVersion(),
    assets: readAssets(),
  }
  const rooms = { ...offered, commands: stores.commands, now, badges: tokens, publicUrl: config.publicUrl, pages }
  const report = (error: unknown, id: string) => {
    // A request may be the first to meet a page of the store that is damaged.
    if (error instanceof Error && error.name === 'SqliteError') health.wrote('answers', error)
    log.error({ err: error, id }, 'a request to the API failed')
  }
  return openDoor(createApiHouse({ ...rooms, report }), host, port)
}

function openIngest(house: House): Promise<Door> {
  const { config, log, ingest, pushes, doubts, services, now } = house
  const { host, port, tokens } = config.listen.ingest
  const intake = {
    submit: async (reading: Reading) => {
      await ingest.submit(reading)
      doubts.told(reading)
    },
  }
  const { maxBytes, maxSeries } = config.limits
  const handOver = ingestRoutes({ intake, tokens, services, maxBytes, now })
  const otlp = otlpRoutes({ intake: pushes, tokens, services, maxBytes, maxPoints: maxSeries })
  const report = (error: unknown, id: string) => log.error({ err: error, id }, 'a push failed')
  return openDoor(createHouse([handOver, otlp], report), host, port)
}

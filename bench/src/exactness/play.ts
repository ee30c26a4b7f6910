import { join } from 'node:path'
import { type BooksByHand, openBooks } from '@tabiji/collector'
import { type Definition, defineJourneys } from '@tabiji/core/journey'
import type { Doubt, Reading } from '@tabiji/core/ledger'
import { bodyOf, configOf, journeyName, STEP } from '../tick-world.ts'
import type { Life } from './life.ts'
import { isDown, SCRAPE, type Scenario } from './scenario.ts'

/** What the books said of a window at an instant; times in seconds of the scenario. */
export type Look = {
  readonly window: number
  readonly from: number
  readonly to: number
  readonly good: number
  readonly error: number
}

export type Played = {
  readonly looks: readonly Look[]
  /** When our collector was told of each life, seconds, ascending. */
  readonly told: ReadonlyMap<Life, readonly number[]>
  readonly doubts: readonly Doubt[]
  /** What each target showed, by life: to the peer all of it, to us while the collector was up. */
  readonly shown: ReadonlyMap<Life, readonly Shown[]>
}

export type Shown = { readonly at: number; readonly good: number; readonly error: number }

/** A scenario's second 0 on the clock, milliseconds: the beginning of a minute. */
export const EPOCH = Date.parse('2026-09-01T00:00:00Z')

const msOf = (second: number) => EPOCH + second * 1_000

const DEFINITION: Definition = (() => {
  const { document: _, ...definition } = defineJourneys({
    timeZone: 'Asia/Tokyo',
    journeys: {
      [journeyName(0)]: {
        title: { en: 'Journey', ja: '旅路' },
        objectives: { availability: 99.9 },
        steps: { [STEP]: { job: true, within: '300ms' } },
      },
    },
  })
  return definition
})()

/**
 * Plays a scenario through the collector's own sources, books and doubts on a real store: every reading at its second,
 * every hand-over when it was made, or when the collector was up again.
 *
 * @param instants when the books are asked, and for which windows, in seconds; each lies on a reading
 */
export async function play(
  folder: string,
  scenario: Scenario,
  end: number,
  instants: ReadonlyMap<number, readonly number[]>,
): Promise<Played> {
  const stage = createStage(folder, scenario)
  const looks: Look[] = []
  let restarts = [...scenario.restarts]
  for (let second = SCRAPE; second <= end; second += SCRAPE) {
    const down = scenario.restarts.find(({ from, to }) => second >= from && second < to)
    stage.turn(second)
    if (down !== undefined) {
      if (restarts.includes(down)) stage.stop()
      restarts = restarts.filter((each) => each !== down)
      continue
    }
    await stage.read(second)
    for (const window of instants.get(second) ?? []) looks.push(stage.look(window, second))
  }
  return { looks, doubts: stage.end(), shown: stage.shown, told: stage.told }
}

function createStage(folder: string, scenario: Scenario) {
  let now = EPOCH
  let open: BooksByHand | undefined
  const urls = Array.from({ length: scenario.targets }, (_, i) => `http://127.0.0.1:${9_000 + i}/metrics`)
  const config = configOf(join(folder, 'books.db'), urls, SCRAPE * 1_000)
  const shown = new Map<Life, Shown[]>()
  const told = new Map<Life, number[]>()
  const queue = [...scenario.lives].sort((a, b) => a.to - b.to)
  const spool: Reading[] = []
  const byTarget = urls.map((_, target) => scenario.lives.filter((life) => life.target === target))
  const current = urls.map(() => 0)

  const network = (url: string): string | undefined => {
    const target = urls.indexOf(url)
    const second = (now - EPOCH) / 1_000
    if (isDown(scenario.outages, second) || scenario.misses(target, second)) return undefined
    const life = lifeAt(byTarget[target] ?? [], current, target, second)
    return life === undefined ? undefined : show(life, second)
  }
  const show = (life: Life, second: number): string => {
    const { good, error } = life.before(second)
    listOf(shown, life).push({ at: second, good, error })
    if (open !== undefined) listOf(told, life).push(second)
    return bodyOf(life.id, msOf(life.from), 0, { counts: [[good, error]], grow: () => {} })
  }
  const books = () => {
    open ??= openBooks(config, DEFINITION, network, () => now)
    return open
  }
  // The ledger is born before the first service starts.
  books()
  return {
    shown,
    told,
    /** Whatever ended since the last reading hands its counters over, at its own moment. */
    turn: (second: number) => {
      for (let next = queue[0]; next !== undefined && next.to <= second; next = queue[0]) {
        queue.shift()
        if (next.ending !== 'hand-over') continue
        listOf(told, next).push(next.to)
        const reading = lastWordOf(next)
        if (open === undefined || isDown(scenario.restarts, next.to)) spool.push(reading)
        else {
          now = msOf(next.to)
          open.handOver(reading)
        }
      }
      now = msOf(second)
      // When it is down for the peer's readings too, those still come from the same counters.
      if (open === undefined || isDown(scenario.restarts, second)) for (const url of urls) network(url)
    },
    stop: () => {
      open?.close()
      open = undefined
    },
    read: async (second: number) => {
      now = msOf(second)
      const house = books()
      for (const reading of spool.splice(0)) house.handOver(reading)
      const outcomes = await house.read()
      const lost = outcomes.find(({ result, booked }) => result.ok && !booked)
      if (lost !== undefined) throw new Error(`Expected the reading of ${lost.source.name} at ${second} s to be booked`)
    },
    look: (window: number, second: number): Look => {
      const { from, counts } = books().counted(window * 1_000)
      const [good, slow, error] = counts
      return { window, from: from - EPOCH / 1_000, to: second, good: good + slow, error }
    },
    end: () => {
      const doubts = books().doubts()
      books().close()
      return doubts
    },
  }
}

/** What a life hands over at its end: an ordinary reading that says that it is the last. */
function lastWordOf(life: Life): Reading {
  const { good, error } = life.before(life.to)
  return {
    speaker: { id: life.id, identified: true, service: `service-${life.target}`, startedAt: msOf(life.from) },
    at: msOf(life.to),
    steps: [{ journey: journeyName(0), step: STEP, role: 'own', counts: [good, 0, error, 0] }],
    final: true,
  }
}

/** Lives of a target come one after the other, so the search goes on where it was. */
function lifeAt(lives: readonly Life[], current: number[], target: number, second: number): Life | undefined {
  let at = current[target] ?? 0
  while (at < lives.length && (lives[at]?.to ?? 0) <= second) at++
  current[target] = at
  const life = lives[at]
  return life !== undefined && life.from <= second ? life : undefined
}

function listOf<Item>(lists: Map<Life, Item[]>, life: Life): Item[] {
  const known = lists.get(life)
  if (known !== undefined) return known
  const made: Item[] = []
  lists.set(life, made)
  return made
}

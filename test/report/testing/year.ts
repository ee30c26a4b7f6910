import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createApp, createLog, importHistory, readHistory } from '@tabiji/collector'
import { readJourneys } from '@tabiji/core/journey/document'
import type { MonthFacts } from '@tabiji/core/report'
import { configIn } from '../../../packages/collector/src/testing/config.ts'
import { plantAlerts } from '../../../packages/collector/src/testing/rung.ts'
import { ALERTS, BESIDE } from './beside.ts'
import { ASKED, DECISIONS } from './calendar.ts'
import { type Line, linesIn } from './lines.ts'
import { type Rung, readRung } from './rung.ts'

const EXAMPLE = join(import.meta.dirname, '../../../examples/sample-year/dist/main.js')

const NOON = (date: string) => Date.parse(`${date}T12:00:00-04:00`)
/** Before the year begins. */
const BEFORE = Date.parse('2025-10-31T23:00:00-04:00')
/** When the target of `checkout` was raised: the first hour of the day in New York. */
export const RAISED_AT = Date.parse('2026-05-15T00:00:00-04:00')
/** When people did what no history file can tell: a silence and a drill. */
export const PRACTISED_AT = NOON('2026-09-14')
export const SILENCED = { from: PRACTISED_AT, hours: 8, journey: 'wishlist', reason: 'the list moves' } as const
/** When the year is looked at: fixes can come back until then. */
export const TODAY = '2026-11-20'

/** Three hours of August that a correction leaves out of `checkout`. */
export const LEFT_OUT = { from: '2026-08-12T14:00:00-04:00', to: '2026-08-12T17:00:00-04:00' }

export type Year = {
  readonly lines: readonly Line[]
  readonly journeys: {
    readonly [name: string]: { readonly tier: number; readonly objectives: Readonly<Record<string, number>> }
  }
  readonly facts: ReadonlyMap<string, MonthFacts>
  /** Every alert of the year, and what happened to it. */
  readonly rung: readonly Rung[]
  end(): void
}

/** Writes the sample year, brings it into a real daemon as time passes, and asks for its months. */
export async function playYear(): Promise<Year> {
  const folder = mkdtempSync(join(tmpdir(), 'tabiji-year-'))
  const written = spawnSync(process.execPath, [EXAMPLE, folder], { encoding: 'utf8' })
  if (written.status !== 0) throw new Error(written.stderr)
  const file = join(folder, 'history.ndjson')
  const texts = readFileSync(file, 'utf8').split('\n')
  const history = linesIn(file)
  const config = configIn(folder, { ledger: { grid: [{ fromAgeSeconds: 0, width: 3_600 }], clockSkewMs: 5_000 } })
  const take = (from: number, to: number, journeys: string) => {
    const part = texts.filter((_, i) => isBetween(history[i], from, to))
    const read = readHistory(part)
    if (!read.ok) throw new Error(JSON.stringify(read.problems.slice(0, 3)))
    const entries = withBeside(read.entries, part, from, to)
    const result = importHistory(config, definitionIn(folder, journeys), entries, { now: to, sample: true })
    if (!result.ok) throw new Error(`line ${result.line}: ${JSON.stringify(result.problems)}`)
  }
  // Each file is in force from the first moment at which it is taken up.
  take(0, BEFORE, 'journeys-until-2026-05-15.json')
  take(BEFORE, RAISED_AT - 1, 'journeys-until-2026-05-15.json')
  take(RAISED_AT - 1, RAISED_AT, 'journeys.json')
  take(RAISED_AT, PRACTISED_AT, 'journeys.json')
  await during(folder, config, PRACTISED_AT, async (post) => {
    const { journey, reason, hours } = SILENCED
    await post('/silences', { matchers: [`journey=${journey}`], owner: 'sato', reason, for: `${hours}h` })
    await post('/drills', { journey: 'checkout', level: 1 })
  })
  take(PRACTISED_AT, NOON(TODAY), 'journeys.json')
  plantAlerts(config.storeFile, ALERTS, NOON(TODAY))
  const facts = new Map<string, MonthFacts>()
  const rung: Rung[] = []
  await during(folder, config, NOON(TODAY), async (post, api) => {
    await post('/corrections', { journeys: ['checkout'], ...LEFT_OUT, reason: 'a load test', category: 'other' })
    for (const [month, number] of Object.entries(DECISIONS)) {
      for (let i = 0; i < number; i++) await post('/reports/asks', { month, text: 'keep the canary', why: 'it helped' })
    }
    for (const month of ASKED) {
      const response = await fetch(`${api}/api/v1/months/${month}/facts`)
      facts.set(month, (await response.json()) as MonthFacts)
    }
    rung.push(...(await readRung(api)))
  })
  const { journeys } = JSON.parse(readFileSync(join(folder, 'journeys.json'), 'utf8')) as Pick<Year, 'journeys'>
  const lines = [...history, ...BESIDE].sort((a, b) => Date.parse(a.at) - Date.parse(b.at))
  return { lines, journeys, facts, rung, end: () => rmSync(folder, { recursive: true, force: true }) }
}

export function factsOf({ facts }: Year, month: string): MonthFacts {
  const found = facts.get(month)
  if (found === undefined) throw new Error(`The sample year was not asked for ${month}`)
  return found
}

type Entries = Extract<ReturnType<typeof readHistory>, { ok: true }>['entries']

/** The entries of some lines, with what was written beside the file where it belongs in time. */
function withBeside(entries: Entries, texts: readonly string[], from: number, to: number): Entries {
  const own = entries.map((entry) => ({ entry, at: Date.parse((JSON.parse(texts[entry.line - 1] ?? '') as Line).at) }))
  const others = BESIDE.filter((line) => isBetween(line, from, to)).map((line) => {
    const at = Date.parse(line.at)
    return { entry: { line: 0, event: { ...line, at } } as Entries[number], at }
  })
  return [...own, ...others].sort((a, b) => a.at - b.at).map(({ entry }) => entry)
}

function isBetween(line: Line | undefined, from: number, to: number): boolean {
  const at = Date.parse(line?.at ?? '')
  return at >= from && at < to
}

function definitionIn(folder: string, file: string) {
  const read = readJourneys(readFileSync(join(folder, file), 'utf8'), file)
  if (!read.ok) throw new Error(read.problems.map(({ message }) => message).join('\n'))
  return read.definition
}

type Post = (path: string, body: object) => Promise<void>

/** A daemon whose clock stands at a time, for as long as something is done with it. */
async function during(
  folder: string,
  config: ReturnType<typeof configIn>,
  now: number,
  act: (post: Post, api: string) => Promise<void>,
): Promise<void> {
  const definition = definitionIn(folder, 'journeys.json')
  const app = createApp(config, definition, {
    now: () => now,
    log: createLog('silent'),
    loadDefinition: () => ({ ok: true, definition }),
  })
  try {
    const { api } = await app.open()
    await act(async (path, body) => {
      const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
      const response = await fetch(`${api}/api/v1${path}`, init)
      if (!response.ok) throw new Error(`${path} was answered ${response.status}: ${await response.text()}`)
    }, api)
  } finally {
    await app.stop()
  }
}

import { join } from 'node:path'
import { createApp, createLog } from '@tabiji/collector'
import { limitRow, type Row } from './result.ts'
import { runRounds } from './rounds.ts'
import { fill } from './tick-fill.ts'
import { configOf, worldOf } from './tick-world.ts'

const ROUNDS = 9
const WARM_UP = 3
/** Objectives that one round evaluates, over all its repetitions. */
const WORK = 1_000_000
const HOUR = 3_600
const DETAIL_SECONDS = 600

/**
 * The evaluation alone, through the collector's own turn (database look-ups and metrics of the tick included) on books
 * that were filled by booking: nothing is read, and the window edges stand where they are.
 */
export async function measureEvaluation(folder: string, quick: boolean): Promise<Row[]> {
  const cases = [
    { id: '1000-1h', journeys: 1_000, history: HOUR },
    { id: '10000-1h', journeys: 10_000, history: HOUR },
    ...(quick ? [] : [{ id: '50000-1h', journeys: 50_000, history: HOUR }]),
    { id: '1000-1d', journeys: 1_000, history: 24 * HOUR },
    ...(quick ? [] : [{ id: '1000-30d', journeys: 1_000, history: 30 * 24 * HOUR }]),
  ]
  const apps = cases.map((one) => ({ ...one, app: openApp(folder, one) }))
  const contestants = apps.map(({ journeys, app }) => ({
    times: WORK,
    work: () => {
      for (let done = 0; done < WORK; done += journeys) app.turns.evaluate()
    },
  }))
  const rounds = runRounds(contestants, ROUNDS, WARM_UP)
  for (const { app } of apps) await app.stop()
  const medians = rounds.map((round) => [...round].sort((a, b) => a - b)[Math.floor(round.length / 2)] ?? Number.NaN)
  const what = 'ns of CPU per objective of an evaluation in which all is well: 4 pairs, 7 windows and the budget'
  return [
    ...apps.map(({ id }, i) =>
      limitRow(`evaluate-${id}`, `${what}; objectives and history ${id}`, rounds[i] ?? [], 200),
    ),
    limitRow(
      'evaluate-flat',
      'largest ÷ smallest of these medians',
      [Math.max(...medians) / Math.min(...medians)],
      1.5,
    ),
  ]
}

function openApp(folder: string, { id, journeys, history }: { id: string; journeys: number; history: number }) {
  console.error(`tick: booking ${history / HOUR} h of ${journeys} objectives for the evaluation alone`)
  const storeFile = join(folder, `evaluate-${id}.db`)
  const until = Date.now()
  const definition = worldOf(journeys)
  fill(storeFile, { journeys, targets: journeys / 1_000, history, until, detail: DETAIL_SECONDS }, definition)
  const surroundings = {
    now: () => until,
    log: createLog('warn'),
    loadDefinition: () => ({ ok: true, definition }) as const,
  }
  return createApp(configOf(storeFile, [], 15_000), definition, surroundings)
}

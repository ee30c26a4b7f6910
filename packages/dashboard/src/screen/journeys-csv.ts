import { unitOf } from '@tabiji/core/budget'
import { windowText } from '@tabiji/core/journey'
import { goodIn } from '@tabiji/core/slo'
import { csvText, type Row, ratio } from '@tabiji/report/page'
import { arranged, fastestPair, matching } from '../view/overview.ts'
import type { JourneyStanding, Standing } from '../view/standing.ts'
import type { JourneysView } from './journeys.ts'

const COLUMNS = [
  ...['at', 'zone', 'journey', 'title_en', 'title_ja', 'team', 'tier', 'objective', 'indicator', 'step', 'target'],
  ...['window', 'good', 'bad', 'valid', 'result', 'left', 'state', 'burning', 'fresh', 'read_until', 'burn'],
  ...['open_alerts', 'open_incidents', 'open_fixes'],
]

/** The overview as a flat table, an objective a line, in the order of the page. Ratios are decimals, and never rounded up. */
export function journeysCsv({ journeys, wish }: JourneysView, at: string, zone: string): string {
  const shown = arranged(matching(journeys, wish), wish, ({ title }) => title.en)
  const rows = shown.flatMap((journey) => journey.objectives.map((standing) => rowOf(journey, standing, at, zone)))
  return csvText([COLUMNS, ...rows])
}

function rowOf({ name, title, owner, tier, open }: JourneyStanding, standing: Standing, at: string, zone: string): Row {
  const { indicator, step, targetPpm, window, bad, valid, leftPpm, state, burning, fresh, readUntil } = standing
  const good = goodIn(standing)
  const burn = fastestPair(standing)?.longBurnMilli
  return [
    ...[at, zone, name, title.en, title.ja, owner, tier, standing.name, indicator, step, ratio(targetPpm, 1_000_000)],
    ...[windowText(window), ...[good, bad, valid].map((n) => countOf(n, unitOf(standing))), ratio(good, valid)],
    leftPpm === undefined ? undefined : ratio(leftPpm, 1_000_000),
    ...[state, String(burning), String(fresh), readUntil],
    burn === undefined ? undefined : ratio(burn, 1_000),
    ...[open.alerts, open.incidents, open.fixes],
  ]
}

/** Whole, unless it is made of parts of slices. */
function countOf(count: number, unit: number): string {
  return unit === 1 ? String(count) : ratio(count, unit)
}

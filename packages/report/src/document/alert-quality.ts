import { type Block, type Cell, paragraph, table } from './block.ts'
import { type Context, shareOf } from './context.ts'
import { durationText } from './duration.ts'

/** What rang, whether anybody had to act on it, whom it woke, and what was kept quiet. */
export function composeAlertQuality(context: Context): Block[] {
  const { words } = context
  return [
    { type: 'heading', level: 2, text: words.alertQuality.heading, anchor: 'alerts' },
    ...sentences(context),
    ...levelsTable(context),
    ...silencesTable(context),
  ]
}

function sentences({ words, figures, facts }: Context): Block[] {
  const { alertQuality } = words
  const loud = facts.alerts.filter(({ level, actedOn }) => level !== 3 && actedOn !== undefined)
  const fired = loud.reduce((sum, alert) => sum + alert.fired, 0)
  const acted = loud.reduce((sum, { actedOn = 0 }) => sum + actedOn, 0)
  const pages = facts.alerts.find(({ level }) => level === 1)?.atNight ?? 0
  return paragraph(
    fired === 0 ? undefined : alertQuality.acted(fired, figures.count(fired), figures.count(acted)),
    pages === 0 ? undefined : alertQuality.night(pages, figures.count(pages)),
  )
}

function levelsTable(context: Context): Block[] {
  const { words, figures, facts } = context
  const { alerts, alertQuality } = words
  if (facts.alerts.every(({ fired, resolved, stillOpen }) => fired + resolved + stillOpen === 0)) {
    return paragraph(alerts.none)
  }
  const isKnown = facts.alerts.some(({ actedOn }) => actedOn !== undefined)
  // A column that nobody has ever put anything in would only ask what it is.
  const isJudged = facts.alerts.some(({ judgedNoise = 0 }) => judgedNoise > 0)
  const columns = [
    { label: alerts.level, header: true },
    ...[alerts.fired, alerts.resolved, alerts.open].map((label) => ({ label, align: 'end' }) as const),
    ...(isKnown ? [alertQuality.actedOn, alertQuality.noise, alertQuality.atNight] : []).map(
      (label) => ({ label, align: 'end' }) as const,
    ),
    ...(isJudged ? [{ label: alertQuality.judgedNoise, align: 'end' } as const] : []),
  ] as const
  const rows = facts.alerts
    .toSorted((a, b) => a.level - b.level)
    .map(({ level, fired, resolved, stillOpen, actedOn, judgedNoise = 0, atNight }): Cell[] => [
      { text: words.levels[level] },
      ...[fired, resolved, stillOpen].map((count) => ({ text: figures.count(count) })),
      ...(isKnown ? qualityOf(context, fired, actedOn, atNight) : []),
      ...(isJudged ? [{ text: figures.count(judgedNoise) }] : []),
    ])
  return table(alerts.heading, columns, rows)
}

function qualityOf(context: Context, fired: number, acted: number | undefined, night: number | undefined): Cell[] {
  const { figures } = context
  const share = (numerator: number) => (fired === 0 ? '' : shareOf(context, { numerator, denominator: fired }))
  return [
    { text: acted === undefined ? '' : share(acted) },
    { text: acted === undefined ? '' : share(fired - acted) },
    { text: night === undefined ? '' : figures.count(night) },
  ]
}

function silencesTable({ words, figures, facts }: Context): Block[] {
  const { alertQuality } = words
  return table(
    alertQuality.silences,
    [
      { label: alertQuality.reason, header: true },
      { label: alertQuality.number, align: 'end' },
      { label: alertQuality.time, align: 'end' },
      { label: alertQuality.alerts, align: 'end' },
    ],
    (facts.silences ?? []).map(({ reason, silences, seconds, alerts }) => [
      { text: reason },
      { text: figures.count(silences) },
      { text: durationText(words, seconds * 1000) },
      { text: figures.count(alerts) },
    ]),
  )
}

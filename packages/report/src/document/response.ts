import {
  type AnswerTimes,
  answerTimes,
  type IncidentMonth,
  type MonthFacts,
  type Span,
  spanOf,
} from '@tabiji/core/report'
import { type Block, type Cell, table } from './block.ts'
import type { Context } from './context.ts'
import { durationText } from './duration.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

type Row = {
  readonly label: string
  readonly values: readonly number[]
  readonly practice?: true
}

/** How long it took to notice, to take and to stop incidents, a dot each; and practice, never mixed with them. */
export function composeTimes(context: Context): Block[] {
  const { words, figures, facts } = context
  const { response, charts } = words
  const rows = rowsOf(context, facts)
    .map((row) => ({ ...row, span: spanOf(row.values) }))
    .filter((row): row is Row & { readonly span: Span } => row.span !== undefined)
  if (rows.length === 0) return []
  const told = rows.map(({ label, span }) =>
    response.timesRow(label, figures.count(span.count), durationText(words, span.median)),
  )
  return [
    {
      type: 'chart',
      caption: response.times,
      summary: response.timesSummary(told.join(words.language === 'ja' ? '' : ' ')),
      chart: {
        kind: 'dots',
        rows: rows.map(({ span, ...row }) => ({ ...row, median: span.median })),
        ticks: [
          { at: MINUTE, label: response.minute },
          { at: HOUR, label: response.hour },
          { at: DAY, label: response.day },
        ],
      },
      columns: [
        { label: response.measure, header: true },
        { label: response.count, align: 'end' },
        { label: response.median, align: 'end' },
        { label: response.shortest, align: 'end' },
        { label: response.longest, align: 'end' },
      ],
      rows: rows.map(({ label, span }): Cell[] => [
        { text: label },
        { text: figures.count(span.count) },
        ...[span.median, span.shortest, span.longest].map((ms) => ({ text: durationText(words, ms) })),
      ]),
      unfold: charts.table,
    },
  ]
}

function rowsOf({ words: { response } }: Context, { incidents, drills }: MonthFacts): readonly Row[] {
  const real = incidents.filter(({ drill }) => !drill)
  const times = (of: keyof AnswerTimes, among: readonly IncidentMonth[]) =>
    among.flatMap((incident) => answerTimes(incident)[of] ?? [])
  const held = drills?.held ?? []
  return [
    { label: response.toDetect, values: times('detectMs', real) },
    // Only who is called at once has to take it at once.
    {
      label: response.toTake,
      values: times(
        'acknowledgeMs',
        real.filter(({ level }) => level === 1),
      ),
    },
    { label: response.toStop, values: times('mitigateMs', real) },
    { label: response.drillDetect, values: held.flatMap(({ rangMs }) => rangMs ?? []), practice: true },
    {
      label: response.drillTake,
      values: held.flatMap(({ rangMs, ackedMs }) => (ackedMs === undefined ? [] : ackedMs - (rangMs ?? 0))),
      practice: true,
    },
  ]
}

/** What each incident cost, why it happened and what came of it; left out where the facts know nothing of that. */
export function composeAnswers(context: Context): Block[] {
  const { words, facts, withPeople } = context
  const { response, incidents } = words
  const known = facts.incidents.filter(isKnown)
  const hasRoles = withPeople && known.some(({ roles }) => roles !== undefined)
  const columns = [
    { label: incidents.key, header: true, short: true },
    { label: response.detected, align: 'end' },
    { label: response.taken, align: 'end' },
    { label: response.cost },
    { label: response.causes },
    { label: response.postmortem },
    { label: response.fixes },
    ...(hasRoles ? [{ label: response.people }] : []),
  ] as const
  return table(
    response.answers,
    columns,
    known.map((incident) => [
      ...answerRow(context, incident),
      ...(hasRoles ? [{ text: rolesOf(context, incident) }] : []),
    ]),
  )
}

function isKnown({ acknowledgedAt, cost, causes, fixes, postmortem, detectedAt }: IncidentMonth): boolean {
  return [acknowledgedAt, cost, causes, fixes, postmortem, detectedAt].some((one) => one !== undefined)
}

function answerRow({ words, figures }: Context, incident: IncidentMonth): Cell[] {
  const { key, drill, cost = [], causes = [], fixes = [], postmortem } = incident
  const { detectMs, acknowledgeMs } = answerTimes(incident)
  const time = (ms: number | undefined) => ({ text: ms === undefined ? '' : durationText(words, ms) })
  const [worst] = cost.toSorted((a, b) => b.budgetPpm - a.budgetPpm)
  return [
    { text: drill ? words.also(key, words.incidents.drill) : key },
    time(detectMs),
    time(acknowledgeMs),
    { text: worst === undefined ? '' : words.response.ofBudget(figures.left(worst.budgetPpm), worst.objective) },
    { text: figures.list(causes.map(({ text }) => text)) },
    { text: postmortem === undefined ? words.response.noPostmortem : words.response.states[postmortem] },
    { text: fixes.join(words.separator) },
  ]
}

function rolesOf({ words, figures }: Context, { roles = {} }: IncidentMonth): string {
  const { response } = words
  return figures.list(
    (['lead', 'comms', 'scribe'] as const).flatMap((role) => {
      const name = roles[role]
      return name === undefined ? [] : [response.role(response.roles[role], name)]
    }),
  )
}

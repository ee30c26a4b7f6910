import { addMonths, dateOf } from '@tabiji/core/time'
import { type Block, paragraph, table } from './block.ts'
import { type Context, titleOf } from './context.ts'

/** What is planned, and which drills and fixes are due, in the month after. Left out by facts that look no further. */
export function composeAhead(context: Context): Block[] {
  const { words, facts } = context
  if (facts.ahead === undefined) return []
  const blocks = [...plannedTable(context), ...drillsTable(context), ...fixesTable(context)]
  return [
    { type: 'heading', level: 2, text: words.ahead.heading, anchor: 'ahead' },
    ...(blocks.length === 0 ? paragraph(words.ahead.none) : blocks),
  ]
}

function plannedTable(context: Context): Block[] {
  const { words, figures, facts } = context
  const { ahead } = words
  return table(
    ahead.planned,
    [{ label: ahead.when, header: true, short: true }, { label: ahead.what }, { label: ahead.journeys }],
    (facts.ahead?.planned ?? []).map(({ at, text, journeys }) => [
      { text: figures.stamp(at) },
      { text },
      { text: journeys.length === 0 ? ahead.all : figures.list(journeys.map((name) => titleOf(context, name))) },
    ]),
  )
}

function drillsTable(context: Context): Block[] {
  const { words, facts } = context
  const { ahead } = words
  return table(
    ahead.drills,
    [
      { label: ahead.journey, header: true },
      { label: ahead.by, short: true },
    ],
    (facts.ahead?.drills ?? []).map(({ journey, by }) => [{ text: titleOf(context, journey) }, { text: by }]),
  )
}

function fixesTable({ words, facts }: Context): Block[] {
  const { ahead } = words
  const next = addMonths(facts.month, 1)
  const first = dateOf(Date.parse(facts.to), facts.timeZone)
  const due = facts.fixes.open.filter((fix) => fix.due >= first && fix.due.startsWith(next))
  return table(
    ahead.fixes,
    [{ label: ahead.fix, header: true, short: true }, { label: ahead.what }, { label: ahead.due, short: true }],
    due
      .toSorted((a, b) => (a.due < b.due ? -1 : 1))
      .map(({ key, title, due: date }) => [{ text: key }, { text: title }, { text: date }]),
  )
}

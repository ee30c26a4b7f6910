import { type Ask, asksOf } from '@tabiji/core/report'
import { type Block, type Cell, type Column, paragraph, table } from './block.ts'
import { type Context, titleOf } from './context.ts'
import { personOf } from './fix-tables.ts'

/** What this report asks of those who read it, and what became of what the last one asked. */
export function composeDecisions(context: Context): Block[] {
  const { decisions } = context.words
  const { now, before } = asksOf(context.facts)
  return [
    { type: 'heading', level: 2, text: decisions.heading, anchor: 'decisions' },
    ...paragraph(now.length === 0 ? decisions.none : undefined),
    ...askedTable(context, now),
    ...answeredTable(context, before),
  ]
}

/** The key and what was asked for; both tables begin with them. */
function named({ words: { decisions } }: Context): readonly Column[] {
  return [{ label: decisions.key, header: true, short: true }, { label: decisions.decision }]
}

function askedTable(context: Context, asks: readonly Ask[]): Block[] {
  const { words } = context
  const { decisions } = words
  const columns: readonly Column[] = [
    ...named(context),
    { label: decisions.why },
    { label: decisions.journey },
    { label: decisions.owner },
    { label: decisions.due, short: true },
    { label: decisions.state },
  ]
  const rows = asks.map((ask): Cell[] => [
    { text: ask.key },
    { text: ask.text },
    { text: ask.why ?? '' },
    { text: ask.journey === undefined ? '' : titleOf(context, ask.journey) },
    { text: personOf(context, ask.owner) },
    { text: ask.due ?? '' },
    { text: decisions.states[ask.state] },
  ])
  return table(decisions.heading, columns, rows)
}

function answeredTable(context: Context, asks: readonly Ask[]): Block[] {
  const { decisions } = context.words
  const columns: readonly Column[] = [
    ...named(context),
    { label: decisions.due, short: true },
    { label: decisions.state },
    { label: decisions.answer },
  ]
  const rows = asks.map((ask): Cell[] => [
    { text: ask.key },
    { text: ask.text },
    { text: ask.due ?? '' },
    { text: decisions.states[ask.state] },
    { text: answerOf(context, ask) },
  ])
  return table(decisions.before, columns, rows)
}

function answerOf({ words, withPeople }: Context, { answer }: Ask): string {
  if (answer === undefined) return ''
  return withPeople && answer.by !== undefined ? words.also(answer.text, answer.by) : answer.text
}

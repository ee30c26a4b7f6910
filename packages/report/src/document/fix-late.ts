import type { OpenFix } from '@tabiji/core/fix'
import { type Block, type Cell, paragraph, table } from './block.ts'
import type { Context } from './context.ts'
import { personOf } from './fix-tables.ts'

/** What is late, one by one in the order in which it is to be talked about, and what waits for something. */
export function composeLate(context: Context): Block[] {
  return [...overdueTable(context), ...paragraph(waitingSentence(context)), ...blockedTable(context)]
}

function overdueTable(context: Context): Block[] {
  const { words, figures, facts } = context
  const { fixes, fixDebt } = words
  const late = facts.fixes.open.filter(({ overdueDays }) => overdueDays > 0)
  const someBlocked = late.some(({ blocked }) => blocked !== undefined)
  const columns = [
    { label: fixes.key, header: true, short: true },
    { label: fixes.what },
    { label: fixes.owner },
    { label: fixes.age, align: 'end' },
    { label: fixDebt.firstPromised, short: true },
    { label: fixDebt.nextDate, short: true },
    { label: fixDebt.putOff, align: 'end' },
    { label: fixDebt.late, align: 'end' },
    ...(someBlocked ? [{ label: fixDebt.waitsFor }] : []),
  ] as const
  const rows = late
    .toSorted((a, b) => b.ageDays - a.ageDays || b.overdueDays - a.overdueDays || (a.key < b.key ? -1 : 1))
    .map((fix): Cell[] => [
      { text: fix.key },
      { text: fix.title },
      { text: personOf(context, fix.owner) },
      { text: words.days(fix.ageDays, figures.count(fix.ageDays)) },
      { text: fix.firstDue },
      { text: fix.due },
      { text: fix.postponements === 0 ? '' : fixDebt.times(fix.postponements, figures.count(fix.postponements)) },
      { text: words.days(fix.overdueDays, figures.count(fix.overdueDays)) },
      ...(someBlocked ? [{ text: blockedBy(fix) }] : []),
    ])
  return table(fixDebt.overdue, columns, rows)
}

function blockedBy({ blocked }: OpenFix): string {
  return blocked?.reason ?? blocked?.since ?? ''
}

/** Why open fixes stand still; what is not the case is not said. */
function waitingSentence({ words, figures, facts }: Context): string | undefined {
  const { fixDebt } = words
  const { open } = facts.fixes
  const counted = [
    { tell: fixDebt.blockedCount, count: open.filter(({ blocked }) => blocked !== undefined).length },
    { tell: fixDebt.ownerless, count: open.filter(({ owner }) => owner === undefined).length },
    { tell: fixDebt.dateless, count: open.filter(({ dueIsDefault }) => dueIsDefault === true).length },
  ]
  const parts = counted.filter(({ count }) => count > 0).map(({ tell, count }) => tell(figures.count(count)))
  return parts.length === 0 ? undefined : fixDebt.waiting(figures.list(parts))
}

function blockedTable({ words, facts }: Context): Block[] {
  const { fixes, fixDebt } = words
  const columns = [
    { label: fixes.key, header: true, short: true },
    { label: fixes.what },
    { label: fixDebt.since, short: true },
    { label: fixes.reason },
  ] as const
  const rows = facts.fixes.open.flatMap(({ key, title, blocked }): Cell[][] =>
    blocked === undefined
      ? []
      : [[{ text: key }, { text: title }, { text: blocked.since }, { text: blocked.reason ?? '' }]],
  )
  return table(fixDebt.blocked, columns, rows)
}

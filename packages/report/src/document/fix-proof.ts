import { type FixRepeat, repeatsIn } from '@tabiji/core/report'
import { type Block, type Cell, paragraph, table } from './block.ts'
import type { Context } from './context.ts'

/** Whether fixes are worth doing: what came back without them, what came back in spite of them, and what held. */
export function composeProof(context: Context): Block[] {
  return [...composeRepeats(context), ...watchedTable(context)]
}

function composeRepeats({ words, figures, facts }: Context): Block[] {
  const { fixDebt, fixes } = words
  if (facts.statistics === undefined || facts.incidents.every(({ drill }) => drill)) return []
  const repeats = repeatsIn(facts)
  if (repeats.length === 0) return paragraph(fixDebt.noneRepeated)
  const tell = (found: readonly FixRepeat[], words: (n: number, incidents: string) => string) => {
    const count = new Set(found.map(({ incident }) => incident)).size
    return count === 0 ? undefined : words(count, figures.count(count))
  }
  const columns = [
    { label: fixDebt.incident, header: true, short: true },
    { label: fixes.key, short: true },
    { label: fixDebt.stood },
  ] as const
  const rows = repeats.map((one): Cell[] => [
    { text: one.incident },
    { text: one.fix },
    { text: 'openSince' in one ? fixDebt.openSince(one.openSince) : fixDebt.doneOn(figures.date(one.doneAt)) },
  ])
  return [
    ...paragraph(
      tell(
        repeats.filter((one) => 'openSince' in one),
        fixDebt.whileOpen,
      ),
      tell(
        repeats.filter((one) => 'doneAt' in one),
        fixDebt.afterDone,
      ),
    ),
    ...table(fixDebt.repeated, columns, rows),
  ]
}

function watchedTable({ words, figures, facts }: Context): Block[] {
  const { fixDebt, fixes } = words
  const columns = [
    { label: fixes.key, header: true, short: true },
    { label: fixes.what },
    { label: fixDebt.done, short: true },
    { label: fixDebt.verdict },
    { label: fixDebt.watchedFor, align: 'end' },
    { label: fixDebt.incidents },
  ] as const
  const rows = (facts.statistics?.watched ?? []).map(({ key, title, doneAt, verdict, days, incidents }): Cell[] => [
    { text: key },
    { text: title },
    { text: figures.date(doneAt) },
    { text: fixDebt.verdicts[verdict] },
    { text: words.days(days, figures.count(days)) },
    { text: figures.list(incidents) },
  ])
  return table(fixDebt.watched, columns, rows)
}

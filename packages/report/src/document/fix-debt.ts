import { type Block, type Cell, table } from './block.ts'
import type { Context } from './context.ts'
import { durationText } from './duration.ts'
import { burntText } from './fix-ageing.ts'

/** What it costs that fixes are open, and which fixes nobody has asked for yet. */
export function composeDebt(context: Context): Block[] {
  return [...exposedTable(context), ...worthTable(context), ...virtualTable(context)]
}

function exposedTable({ words, figures, facts }: Context): Block[] {
  const { fixDebt } = words
  const columns = [
    { label: fixDebt.objective, header: true },
    { label: fixDebt.burnt, align: 'end' },
  ] as const
  const rows = (facts.statistics?.debt.exposed ?? []).map(({ objective, budgetPpm }): Cell[] => [
    { text: objective },
    { text: figures.left(budgetPpm) },
  ])
  return table(fixDebt.exposed, columns, rows)
}

/** The most burnt first; a fix that has cost nothing yet is in the list of open ones only. */
function worthTable(context: Context): Block[] {
  const { words, figures, facts } = context
  const { fixes, fixDebt } = words
  const columns = [
    { label: fixes.key, header: true, short: true },
    { label: fixes.what },
    { label: fixDebt.burnt },
    { label: fixDebt.incidents },
    { label: fixDebt.repeats, align: 'end' },
  ] as const
  const rows = (facts.statistics?.debt.worth ?? [])
    .filter(({ burnt, repeats }) => burnt.length > 0 || repeats > 0)
    .map(({ fix, title, burnt, incidents, repeats }): Cell[] => [
      { text: fix },
      { text: title },
      { text: burntText(context, burnt) },
      { text: figures.list(incidents) },
      { text: figures.count(repeats) },
    ])
  return table(fixDebt.worth, columns, rows)
}

function virtualTable({ words, facts }: Context): Block[] {
  const { fixDebt } = words
  if (facts.statistics === undefined) return []
  const { debt } = facts.statistics
  const goals = { slowDetection: debt.goals.detectMs, slowMitigation: debt.goals.mitigateMs }
  const columns = [{ label: fixDebt.incident, header: true, short: true }, { label: fixDebt.why }] as const
  const rows = debt.virtual.map(({ incident, reasons }): Cell[] => {
    const told = reasons.map((reason) => {
      if (reason === 'noCauses' || reason === 'noFixes') return fixDebt.missing[reason]
      return fixDebt.tooLate[reason](durationText(words, goals[reason]))
    })
    return [{ text: incident }, { text: told.join(words.separator) }]
  })
  return table(fixDebt.virtual, columns, rows)
}

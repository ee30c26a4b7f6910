import type { OpenFix } from '@tabiji/core/fix'
import { type Block, type Cell, table } from './block.ts'
import { type Context, titleOf } from './context.ts'

/** Every open fix, most overdue first. */
export function openFixesTable(context: Context): Block[] {
  const { words, figures, facts } = context
  const { fixes } = words
  const columns = [
    { label: fixes.key, header: true, short: true },
    { label: fixes.what },
    { label: fixes.kind },
    { label: fixes.origin },
    { label: fixes.owner },
    { label: fixes.age, align: 'end' },
    { label: fixes.due },
    { label: fixes.late, align: 'end' },
  ] as const
  const rows = facts.fixes.open.map((fix): Cell[] => [
    { text: fix.key },
    { text: fix.title },
    { text: words.kinds[fix.kind] },
    { text: originOf(context, fix) },
    { text: personOf(context, fix.owner) },
    { text: words.days(fix.ageDays, figures.count(fix.ageDays)) },
    { text: dueOf(context, fix) },
    { text: fix.overdueDays === 0 ? '' : words.days(fix.overdueDays, figures.count(fix.overdueDays)) },
  ])
  return table(fixes.list(facts.fixes.asOf), columns, rows)
}

/** Risks that somebody answers for, first to run out first. */
export function acceptedRisksTable(context: Context): Block[] {
  const { words, facts } = context
  const { fixes } = words
  const columns = [
    { label: fixes.key, header: true, short: true },
    { label: fixes.what },
    { label: fixes.approver },
    { label: fixes.reason },
    { label: fixes.until, short: true },
  ] as const
  const rows = facts.fixes.acceptedRisks.map(({ key, title, approver, reason, until }): Cell[] => [
    { text: key },
    { text: title },
    { text: context.withPeople ? approver : fixes.onRecord },
    { text: reason },
    { text: until },
  ])
  return table(fixes.risks, columns, rows)
}

function originOf(context: Context, { incident, journey, cause }: OpenFix): string {
  const parts = [incident, journey === undefined ? undefined : titleOf(context, journey), cause]
  return parts.filter((part) => part !== undefined).join(context.words.separator)
}

/** A report leaves the team, so people are named only when asked for; that nobody is assigned is always said. */
export function personOf({ words, withPeople }: Context, name: string | undefined): string {
  if (name === undefined) return words.fixes.unassigned
  return withPeople ? name : words.fixes.assigned
}

function dueOf({ words, figures }: Context, { due, firstDue, postponements }: OpenFix): string {
  return postponements === 0 ? due : words.fixes.movedFrom(due, firstDue, postponements, figures.count(postponements))
}

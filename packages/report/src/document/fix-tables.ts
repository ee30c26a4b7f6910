import type { AgeBucket, OpenFix } from '@tabiji/core/fix'
import type { Catalogue } from '../words/catalogue.ts'
import { type Block, type Cell, table } from './block.ts'
import { type Context, shareOf, titleOf } from './context.ts'

/** Open fixes by age; the darker piece of a bar is overdue. */
export function ageingTable({ words, figures, facts }: Context): Block[] {
  const { fixes } = words
  const { buckets, oldestDays } = facts.fixes.ageing
  if (oldestDays === undefined) return []
  const all = buckets.reduce((sum, bucket) => sum + bucket.open, 0)
  const columns = [
    { label: fixes.age, header: true },
    { label: fixes.open, align: 'end' },
    { label: fixes.overdue, align: 'end' },
    { label: fixes.portion },
  ] as const
  const rows = buckets.map((bucket): Cell[] => [
    { text: bucketText(words, bucket) },
    { text: figures.count(bucket.open) },
    { text: figures.count(bucket.overdue) },
    {
      text: figures.percent(bucket.open, all, 0),
      bar: [
        { tone: 'late', ppm: Math.floor((bucket.overdue * 1_000_000) / all) },
        { tone: 'plain', ppm: Math.floor(((bucket.open - bucket.overdue) * 1_000_000) / all) },
      ],
    },
  ])
  return table(fixes.ageing, columns, rows)
}

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

/** Months judged on their own fixes; a cell that can still grow says so. */
export function cohortsTable(context: Context): Block[] {
  const { words, figures, facts } = context
  const { fixes } = words
  const { cohorts } = facts.fixes
  const columns = [
    { label: fixes.createdIn, header: true },
    { label: fixes.created, align: 'end' },
    ...(cohorts[0]?.within.map(({ days }) => ({ label: fixes.within(figures.count(days)), align: 'end' as const })) ??
      []),
  ] as const
  const rows = cohorts.map(({ month, created, within }): Cell[] => [
    { text: figures.month(month) },
    { text: figures.count(created) },
    ...within.map(({ share, matured }) => {
      if (share.denominator === 0) return { text: '' }
      const text = shareOf(context, share)
      return { text: matured ? text : fixes.maturing(text) }
    }),
  ])
  return table(fixes.cohorts, columns, rows)
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

function bucketText({ fixes }: Catalogue, { fromDays, toDays }: AgeBucket): string {
  return toDays === undefined ? fixes.over(`${fromDays - 1}`) : fixes.between(`${fromDays}`, `${toDays}`)
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

import { clipRanges, isoIn, type Range, uniteRanges } from '../time/index.ts'
import { recurrencesOf } from '../time/recurrence.ts'

/** Whose doing a stretch was. `measurement`: the numbers are wrong, not the service; `test`: load that no customer made. */
export const CORRECTION_CATEGORIES = ['maintenance', 'provider', 'measurement', 'test', 'other'] as const
export type CorrectionCategory = (typeof CORRECTION_CATEGORIES)[number]

/** Why and by whom a correction was taken back. */
export type Withdrawal = { readonly at: number; readonly by?: string; readonly reason: string }

/**
 * A stretch of time that is excluded from budgets. Never edited: a mistake is withdrawn, and another one added. Entries stay
 * as they were booked, so that the raw numbers can always be shown beside the adjusted ones. Milliseconds.
 */
export type Correction = Range & {
  /** `COR-0007`, for people. */
  readonly key: string
  readonly createdAt: number
  readonly author?: string
  readonly category: CorrectionCategory
  readonly reason: string
  /** Journeys (`checkout`) and objectives (`checkout/availability`) that it is for; all of them when empty. */
  readonly appliesTo: readonly string[]
  /** Whose clocks the recurrence follows: kept, so that another zone in the journeys file does not move what is past. */
  readonly zone: string
  /** RFC 5545; `from` is the first time that it gives, and each stretch is as long as the first. */
  readonly rrule?: string
  readonly withdrawn?: Withdrawal
}

/** The key of the nth correction, counted from 1. */
export function correctionKey(number: number): string {
  return `COR-${String(number).padStart(4, '0')}`
}

/** @param objective its name over all journeys, as `objectiveId` gives it */
export function isFor({ appliesTo }: Pick<Correction, 'appliesTo'>, objective: string): boolean {
  return appliesTo.length === 0 || appliesTo.some((name) => objective === name || objective.startsWith(`${name}/`))
}

/**
 * The stretches of a correction as they are excluded: the slots that they touch, as a whole. The slots are the widest of the
 * grid: a late entry may stand in one of these, and old entries do, so that no age of an entry changes what it is excluded
 * from.
 *
 * @param widthSeconds of the grid's widest slots
 * @param within milliseconds; what lies outside is left out, and stretches across its ends are whole
 */
export function stretchesOf(correction: Correction, widthSeconds: number, within: Range): readonly Range[] {
  const { from, to, rrule, zone } = correction
  const length = to - from
  const width = widthSeconds * 1000
  const around = { from: within.from - length - width, to: within.to + width }
  const starts = rrule === undefined ? [from] : recurrencesOf(rrule, from, zone, around)
  const snapped = starts.map((start) => snap({ from: start, to: start + length }, width))
  return uniteRanges(snapped).filter((stretch) => stretch.from < within.to && stretch.to > within.from)
}

/** The union of what is excluded by those of the corrections that are active, within a stretch. */
export function excludedRanges(
  corrections: readonly Correction[],
  widthSeconds: number,
  within: Range,
): readonly Range[] {
  const active = corrections.filter(({ withdrawn }) => withdrawn === undefined)
  return clipRanges(uniteRanges(active.flatMap((one) => stretchesOf(one, widthSeconds, within))), within)
}

function snap({ from, to }: Range, width: number): Range {
  return { from: Math.floor(from / width) * width, to: Math.ceil(to / width) * width }
}

/** What leaves the process about a correction: plain JSON, times in ISO 8601 with the zone's offset. */
export type CorrectionSummary = {
  readonly key: string
  readonly state: 'active' | 'withdrawn'
  readonly category: CorrectionCategory
  readonly reason: string
  readonly author?: string
  readonly createdAt: string
  readonly appliesTo: readonly string[]
  /** As it was asked for. */
  readonly from: string
  readonly to: string
  readonly rrule?: string
  /** The first stretch as it is excluded, in whole slots. */
  readonly excluded: { readonly from: string; readonly to: string; readonly slotSeconds: number }
  readonly withdrawn?: { readonly at: string; readonly by?: string; readonly reason: string }
}

/** The correction in plain JSON. @param zone IANA name of the zone whose offset the times carry */
export function summarizeCorrection(correction: Correction, widthSeconds: number, zone: string): CorrectionSummary {
  const { key, category, reason, author, createdAt, appliesTo, from, to, rrule, withdrawn } = correction
  const first = snap({ from, to }, widthSeconds * 1000)
  return {
    key,
    state: withdrawn === undefined ? 'active' : 'withdrawn',
    category,
    reason,
    ...(author !== undefined && { author }),
    createdAt: isoIn(createdAt, zone),
    appliesTo,
    from: isoIn(from, zone),
    to: isoIn(to, zone),
    ...(rrule !== undefined && { rrule }),
    excluded: { from: isoIn(first.from, zone), to: isoIn(first.to, zone), slotSeconds: widthSeconds },
    ...(withdrawn !== undefined && { withdrawn: { ...withdrawn, at: isoIn(withdrawn.at, zone) } }),
  }
}

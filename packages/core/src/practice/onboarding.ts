import type { Runbook } from '../runbook/index.ts'
import type { PracticeAuto, PracticeItem } from './item.ts'
import type { MemberRecord } from './member-events.ts'
import type { Part } from './part.ts'

/** A runbook that a member should know, and since when they have read it, milliseconds; absent: they have not. */
export type ToRead = Pick<Runbook, 'file' | 'address'> & { readonly readAt?: number }

type ItemStanding = PracticeItem & {
  readonly ticked: boolean
  /** When, by whom, and whether the record ticked it by itself; `detail`: what the record saw. */
  readonly mark?: { readonly at: number; readonly by?: string; readonly byRecord?: true; readonly detail?: string }
  /** How far it is, where it is done in parts. */
  readonly progress?: { readonly done: number; readonly of: number }
}

export type Onboarding = { readonly items: readonly ItemStanding[]; readonly done: number }

/** What the record knows of one member. */
export type MemberFacts = {
  readonly record: MemberRecord
  /** Of this member only. */
  readonly leads: readonly Part[]
  readonly parts: readonly Part[]
  readonly runbooks: readonly ToRead[]
}

/** The runbooks of somebody's journeys, and those for any journey, by file; each address once. */
export function runbooksToRead(
  journeys: readonly string[],
  runbooks: readonly Runbook[],
  { read }: MemberRecord,
): readonly ToRead[] {
  const theirs = new Map<string, ToRead>()
  for (const { file, address, journey } of runbooks) {
    if ((journey !== undefined && !journeys.includes(journey)) || theirs.has(address)) continue
    const readAt = read.get(address)?.at
    theirs.set(address, { file, address, ...(readAt !== undefined && { readAt }) })
  }
  return [...theirs.values()].sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : 0))
}

/** How far a member's checklist is. What people say of an item holds over what the record says of it. */
export function onboardingOf(list: readonly PracticeItem[], facts: MemberFacts): Onboarding {
  const items = list.map((item): ItemStanding => {
    const seen = item.auto === undefined ? undefined : seenOf(item.auto, facts)
    const progress = item.auto === 'runbooks' ? { progress: progressOf(facts) } : {}
    const said = facts.record.marks.get(item.id)
    if (said !== undefined) {
      const { ticked, ...mark } = said
      return { ...item, ...progress, ticked, ...(ticked && { mark }) }
    }
    return { ...item, ...progress, ticked: seen !== undefined, ...(seen && { mark: { ...seen, byRecord: true } }) }
  })
  return { items, done: items.filter(({ ticked }) => ticked).length }
}

function progressOf({ runbooks }: MemberFacts): { readonly done: number; readonly of: number } {
  return { done: runbooks.filter(({ readAt }) => readAt !== undefined).length, of: runbooks.length }
}

type Seen = { readonly at: number; readonly detail: string }

function seenOf(auto: PracticeAuto, facts: MemberFacts): Seen | undefined {
  switch (auto) {
    case 'runbooks':
      return allRead(facts.runbooks)
    case 'joined-drill':
      return first(facts.parts, true)
    case 'joined-incident':
      return first(facts.parts, false)
    case 'led-drill':
      return first(facts.leads, true)
    case 'led-incident':
      return first(facts.leads, false)
  }
}

/** Where there is no runbook nothing was read, and only a person can say that this is all right. */
function allRead(runbooks: readonly ToRead[]): Seen | undefined {
  const times = runbooks.flatMap(({ readAt }) => readAt ?? [])
  if (times.length === 0 || times.length < runbooks.length) return undefined
  return { at: times.reduce((a, b) => Math.max(a, b)), detail: `${times.length} read` }
}

function first(parts: readonly Part[], drill: boolean): Seen | undefined {
  const earliest = parts
    .filter((part) => part.drill === drill)
    .reduce<Part | undefined>((best, part) => (best === undefined || part.at < best.at ? part : best), undefined)
  return earliest === undefined ? undefined : { at: earliest.at, detail: earliest.incident }
}

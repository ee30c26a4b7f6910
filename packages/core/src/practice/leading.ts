import type { Journey } from '../journey/index.ts'
import { journeysOf, type Member } from './member.ts'
import type { Part } from './part.ts'

/** How often somebody led, and what they led last. */
export type Practised = {
  readonly name: string
  /** The day since which they are a member; absent: nobody named them as one. */
  readonly since?: string
  readonly incidents: number
  readonly drills: number
  /** Absent: they never led. */
  readonly last?: Omit<Part, 'name'>
}

/**
 * Who is practised how far, the least first: whoever never led goes first, then whose last lead (of an incident or of a drill) is
 * longest ago, then who led less often, then who is a member for longer, then by name. Names differ, so no two are alike.
 */
export function comparePractice(a: Practised, b: Practised): number {
  return (
    (a.last?.at ?? -1) - (b.last?.at ?? -1) ||
    a.incidents + a.drills - (b.incidents + b.drills) ||
    compareText(a.since ?? '', b.since ?? '') ||
    compareText(a.name, b.name)
  )
}

/** Every member with what they led, the least practised first. */
export function practiceOf(members: readonly Member[], leads: readonly Part[]): readonly Practised[] {
  const byName = ledByName(leads)
  return members.map(({ name, since }) => ({ ...summed(name, byName.get(name) ?? []), since })).sort(comparePractice)
}

/** Whoever led and is no member, as when a name is written in two ways; by name. */
export function strangersIn(members: readonly Member[], leads: readonly Part[]): readonly Practised[] {
  const known = new Set(members.map(({ name }) => name))
  return [...ledByName(leads)]
    .flatMap(([name, led]) => (known.has(name) ? [] : [summed(name, led)]))
    .sort((a, b) => compareText(a.name, b.name))
}

/** Who should lead the next drill, and why: they never led, or longer ago than the others. */
export type Proposal = {
  readonly name: string
  readonly why: 'neverLed' | 'longestAgo'
  readonly last?: Practised['last']
}

type Asked = {
  /** The journey that is practised; absent: any. */
  readonly journey?: string
  readonly journeys: readonly Pick<Journey, 'name' | 'owner'>[]
  /** Who begins later is not asked yet, `2026-10-20`. */
  readonly today: string
}

/** The least practised of those who answer for the journey; nothing when there is nobody. */
export function proposeLead(
  members: readonly Member[],
  leads: readonly Part[],
  { journey, journeys, today }: Asked,
): Proposal | undefined {
  const asked = members.filter(
    (member) => member.since <= today && (journey === undefined || journeysOf(member, journeys).includes(journey)),
  )
  const [least] = practiceOf(asked, leads)
  if (least === undefined) return undefined
  const { name, last } = least
  return last === undefined ? { name, why: 'neverLed' } : { name, why: 'longestAgo', last }
}

function ledByName(leads: readonly Part[]): ReadonlyMap<string, readonly Part[]> {
  const byName = new Map<string, Part[]>()
  for (const lead of leads) {
    const known = byName.get(lead.name)
    if (known === undefined) byName.set(lead.name, [lead])
    else known.push(lead)
  }
  return byName
}

function summed(name: string, led: readonly Part[]): Practised {
  const drills = led.filter(({ drill }) => drill).length
  const latest = led.reduce<Part | undefined>(
    (last, each) => (last === undefined || each.at > last.at ? each : last),
    undefined,
  )
  const last = latest === undefined ? {} : { last: { incident: latest.incident, drill: latest.drill, at: latest.at } }
  return { name, incidents: led.length - drills, drills, ...last }
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

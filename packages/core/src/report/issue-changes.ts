import { canonicalJson } from './canonical.ts'
import type { MonthFacts } from './month-facts.ts'
import type { IssueChange } from './report-issue.ts'

/** What differs between two sets of facts: what a person can read, and how much more there is. */
export type IssueChanges = { readonly changes: readonly IssueChange[]; readonly more: number }

/** More than these nobody reads. */
const MOST_CHANGES = 100
/** What is added or gone as a whole is told by its beginning. */
const LONGEST_VALUE = 200

/** By what an element of a list is called, in the order in which it is looked for. */
const NAMES = ['name', 'key', 'id', 'date', 'month', 'on', 'level', 'service', 'fingerprint'] as const

/** Figures that others are made of: they are told after all others, because they would hide them. */
const PARTS = /\.(days|parts|spent|before|cohorts|buckets|statistics|fixList)\b/

/**
 * Every figure that differs between two facts of a month, by names and not by places in lists: a journey that is now the third
 * has not changed. When they were generated is no figure.
 *
 * @param most how many are told at most; sums before what they are made of
 */
export function issueChanges(before: MonthFacts, after: MonthFacts, most: number = MOST_CHANGES): IssueChanges {
  // What a team is told besides follows from the same events, and its journeys are among these.
  const { generatedAt: _, teamParts: __, ...was } = before
  const { generatedAt: ___, teamParts: ____, ...is } = after
  const found = [...differences(was, is, '')]
  const all = [...found.filter(({ path }) => !PARTS.test(path)), ...found.filter(({ path }) => PARTS.test(path))]
  return { changes: all.slice(0, most), more: Math.max(0, all.length - most) }
}

function* differences(before: unknown, after: unknown, path: string): Generator<IssueChange> {
  const [was, is] = [membersOf(before), membersOf(after)]
  if (was === undefined || is === undefined) {
    const [old, now] = [textOf(before), textOf(after)]
    if (old?.whole !== now?.whole) {
      yield { path, ...(old !== undefined && { before: old.told }), ...(now !== undefined && { after: now.told }) }
    }
    return
  }
  for (const name of new Set([...was.keys(), ...is.keys()])) {
    yield* differences(was.get(name), is.get(name), path === '' ? name : `${path}.${name}`)
  }
}

/** The members of an object by key, or of a list of objects by name; nothing for what is told as a whole. */
function membersOf(value: unknown): ReadonlyMap<string, unknown> | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  if (!Array.isArray(value)) return new Map(Object.entries(value))
  if (!value.every((each) => typeof each === 'object' && each !== null && !Array.isArray(each))) return undefined
  const members = new Map<string, unknown>()
  for (const element of value as readonly object[]) {
    const name = nameOf(element)
    // Two of one name, such as stretches of one service: the second is told from the first by its number.
    let free = name
    for (let n = 2; members.has(free); n++) free = `${name}#${n}`
    members.set(free, element)
  }
  return members
}

function nameOf(element: object): string {
  const said = Object.entries(element)
  const found = NAMES.map((key) => said.find(([name]) => name === key)?.[1]).find((value) => value !== undefined)
  return found === undefined ? '' : String(found)
}

function textOf(value: unknown): { readonly whole: string; readonly told: string } | undefined {
  if (value === undefined) return undefined
  const whole = canonicalJson(value)
  return { whole, told: whole.length <= LONGEST_VALUE ? whole : `${whole.slice(0, LONGEST_VALUE)}…` }
}

import { daysFrom } from '../calendar.ts'
import type { WorkLine } from '../lines.ts'
import { dayOf, dueOn, firstDue, sinceOn, stateOn, type Work } from '../naive-work.ts'

/** A fix as it stands when a date is over. */
export type Standing = {
  readonly key: string
  readonly lines: readonly WorkLine[]
  readonly state: string
  readonly kind: string
  readonly incident: string | undefined
  readonly journey: string | undefined
  /** Dates, `YYYY-MM-DD`. */
  readonly since: string
  readonly firstDue: string
  readonly due: string
  readonly postponements: number
  readonly isOwned: boolean
  /** Nobody has said when. */
  readonly isUndated: boolean
  readonly isBlocked: boolean
  /** When it was last done, milliseconds. */
  readonly doneAt: number | undefined
}

/** All fixes that there are when a date is over. */
export function standingOn(work: Work, date: string): readonly Standing[] {
  return [...work.fixes].flatMap(([key, all]) => {
    const lines = all.filter((line) => dayOf(line) <= date)
    const [added] = lines
    if (added === undefined) return []
    const { kind, incident, journey, due } = added.command
    const text = (value: unknown) => (typeof value === 'string' ? value : undefined)
    const done = lines.filter(({ command }) => command.type === 'done').at(-1)
    return [
      {
        ...{ key, lines, state: stateOn(lines, date), kind: String(kind) },
        ...{ incident: text(incident), journey: text(journey) },
        ...{ since: sinceOn(work, key, date), firstDue: firstDue(work, lines), due: dueOn(work, lines, date) },
        postponements: postponementsIn(work, lines).length,
        isOwned: ownerIn(lines) !== undefined,
        isUndated: due === undefined && !lines.some(({ command }) => command.type === 'move'),
        isBlocked: isBlockedBy(lines),
        doneAt: done === undefined ? undefined : Date.parse(done.at),
      },
    ]
  })
}

/** The lines by which a fix was put off: those that name a later date than the one before. */
export function postponementsIn(work: Work, lines: readonly WorkLine[]): readonly WorkLine[] {
  let due = firstDue(work, lines)
  return lines.filter(({ command }) => {
    if (command.type !== 'move') return false
    const was = due
    due = String(command['due'])
    return due > was
  })
}

function ownerIn(lines: readonly WorkLine[]): string | undefined {
  let owner: unknown
  for (const { command } of lines) {
    if (command.type === 'add' || command.type === 'assign') owner = command['owner']
  }
  return typeof owner === 'string' ? owner : undefined
}

function isBlockedBy(lines: readonly WorkLine[]): boolean {
  let isBlocked = false
  for (const { command } of lines) {
    if (command.type === 'block') isBlocked = true
    if (command.type === 'unblock' || command.type === 'done') isBlocked = false
  }
  return isBlocked
}

export const EDGES: readonly (readonly [from: number, to: number])[] = [
  [0, 14],
  [15, 30],
  [31, 60],
  [61, 90],
  [91, 99_999],
]

/** How many fixes of each age there are on a date, and how many of them are late; by the age from which a bucket goes. */
export function bucketsOf(fixes: readonly Pick<Standing, 'since' | 'due'>[], date: string) {
  return Object.fromEntries(
    EDGES.map(([from, to]) => {
      const held = fixes.filter(({ since }) => daysFrom(since, date) >= from && daysFrom(since, date) <= to)
      return [from, { open: held.length, overdue: held.filter(({ due }) => due < date).length }]
    }),
  )
}

import { TROUBLES } from './incidents.ts'
import { SAMPLES } from './journeys.ts'
import { seeded } from './random.ts'
import { at, DAYS, dateAt, type HistoryLine } from './year.ts'

const FIXES = 120
/** What becomes of fixes is told for so many days after the year. */
const LONGER = 14

const KINDS = ['prevent', 'detect', 'mitigate', 'process'] as const
const PEOPLE = ['sato', 'mori', 'tanaka', 'suzuki'] as const
const WORK = ['Alert on', 'Retry', 'Limit', 'Test', 'Write a runbook for', 'Roll out in steps:'] as const
const PARTS = ['the queue', 'the payment call', 'slow queries', 'the cache', 'the release'] as const

/** What happens to a fix: days after the one on which it was added, and what is recorded. */
type Turn = readonly [days: number, command: Readonly<Record<string, unknown>>]

type Plan = { readonly key: string; readonly day: number; readonly due: number; readonly random: () => number }

const fixKey = (number: number) => `FIX-${String(number).padStart(4, '0')}`

/** What was recorded of the fixes; a fix is added on one day and changed on later ones. */
export function* fixLines(): Generator<HistoryLine> {
  const random = seeded(120)
  const days = Array.from({ length: FIXES }, () => Math.floor(random() * (DAYS - 3))).sort((a, b) => a - b)
  for (const [i, day] of days.entries()) {
    const key = fixKey(i + 1)
    const due = day + 7 + Math.floor(random() * 50)
    yield line(key, day, i, addition({ key, day, due, random }, i))
    const turns = LIVES[i % LIVES.length]?.({ key, day, due, random }) ?? []
    for (const [after, command] of turns) if (day + after <= DAYS + LONGER) yield line(key, day + after, i, command)
  }
}

/** Everything of a day stands in the order of the fixes. Nobody works at midnight, when dates change. */
function line(key: string, day: number, number: number, command: object): HistoryLine {
  return { kind: 'fix', key, at: new Date(at(day, 9 + number / 20)).toISOString(), by: PEOPLE[number % 4], command }
}

function addition({ day, due, random }: Plan, i: number): Turn[1] {
  const earlier = TROUBLES.filter((trouble) => trouble.day < day)
  const cause = random() < 0.7 ? earlier[Math.floor(random() * earlier.length)] : undefined
  const journey = cause?.journey ?? SAMPLES[Math.floor(random() * SAMPLES.length)]?.name
  return {
    ...{ type: 'add', title: `${WORK[i % WORK.length]} ${PARTS[i % PARTS.length]}`, kind: KINDS[i % 4], journey },
    ...(cause !== undefined && { incident: cause.key }),
    ...(i % 9 !== 8 && { owner: PEOPLE[(i + 1) % 4] }),
    // Of one in twelve nobody said when.
    ...(i % 12 !== 11 && { due: dateAt(due) }),
    // A part of what was added before it.
    ...(i % 15 === 14 && { splitFrom: fixKey(i - 1) }),
  }
}

const done = { type: 'done' }
const because = (type: string, reason: string) => ({ type, reason })

/** The lives that fixes have, one after the other. Days are whole and ascend. */
const LIVES: readonly ((plan: Plan) => readonly Turn[])[] = [
  inTime,
  inTime,
  late,
  inTime,
  ({ day, due }) => [
    [due - day - 1, { type: 'move', due: dateAt(due + 20), reason: 'the supplier is late' }],
    [due - day + 15, done],
  ],
  inTime,
  // Comes back at once, and is done again.
  ({ day, due }) => [
    [due - day - 3, done],
    [due - day + 6, because('reopen', 'it happened again')],
    [due - day + 26, done],
  ],
  ({ day, due }) => [[Math.floor((due - day) / 2), because('drop', 'the part is gone')]],
  inTime,
  ({ due }) => [[3, { type: 'accept', approver: 'suzuki', reason: 'rare', until: dateAt(due + 40) }]],
  late,
  ({ day, due }) => [
    [2, because('drop', 'nobody needs it')],
    [due - day, because('undrop', 'somebody does')],
    [due - day + 30, done],
  ],
  inTime,
  () => [[4, because('block', 'waits for the new network')]],
  // Comes back long after it was done.
  ({ day, due }) => [
    [due - day - 2, done],
    [due - day + 45, because('reopen', 'the old cause is back')],
  ],
  () => [],
  ({ key }) => [[5, { type: 'merge', into: fixKey(Number(key.slice(4)) - 4) }]],
  ({ day, due }) => [
    [1, { type: 'assign', owner: 'kato' }],
    [3, because('block', 'waits for a decision')],
    [5, { type: 'unblock' }],
    [due - day, done],
  ],
  inTime,
]

function inTime({ day, due, random }: Plan): readonly Turn[] {
  return [[Math.max(1, Math.floor((due - day) * (0.3 + 0.7 * random()))), done]]
}

function late({ day, due, random }: Plan): readonly Turn[] {
  return [[due - day + 2 + Math.floor(random() * 50), done]]
}

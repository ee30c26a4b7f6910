import { describe, expect, test } from 'vitest'
import { decideFix, type FixCommand } from './command.ts'
import type { FixEvent } from './event.ts'
import { foldFix } from './fix.ts'

const ZONE = 'Asia/Tokyo'
const at = (date: string) => Date.parse(`${date}T12:00:00+09:00`)
const ADD = { type: 'add', title: 'Retry the upload', kind: 'prevent', due: '2026-10-20' } as const satisfies FixCommand

function decideAt(
  date: string,
  events: readonly FixEvent[],
  command: FixCommand,
  more: { readonly isWritten?: true } = {},
) {
  const now = at(date)
  const context = {
    now,
    key: 'FIX-0001',
    keys: events.length > 0 ? ['FIX-0001', 'FIX-0002'] : ['FIX-0002'],
    incidents: [{ key: 'INC-0001', level: 1 }, { key: 'INC-0002', level: 3 }, { key: 'INC-0003' }] as const,
    journeys: ['measure-feet'],
    sinceOf: (key: string) => (key === 'FIX-0002' ? '2026-08-01' : undefined),
    zone: ZONE,
    ...more,
  }
  return decideFix(foldFix({ key: 'FIX-0001', events }, now, ZONE), command, context)
}

/** Runs commands one after another; each must be accepted. */
function recordAll(...commands: readonly (readonly [date: string, command: FixCommand])[]): FixEvent[] {
  const events: FixEvent[] = []
  for (const [date, command] of commands) {
    const decision = decideAt(date, events, command)
    if (!decision.ok) throw new Error(decision.problems.map(({ message }) => message).join('; '))
    events.push(...decision.events)
  }
  return events
}

const fold = (date: string, events: readonly FixEvent[]) => foldFix({ key: 'FIX-0001', events }, at(date), ZONE)
const messages = (decision: ReturnType<typeof decideAt>) =>
  decision.ok
    ? []
    : decision.problems.map(({ message, hint }) => (hint === undefined ? message : `${message} (${hint})`))

describe('a fix', () => {
  test('keeps the date that was promised first when it is moved', () => {
    const events = recordAll(
      ['2026-10-01', ADD],
      ['2026-10-05', { type: 'move', due: '2026-10-10', reason: 'easier than thought' }],
      ['2026-10-09', { type: 'move', due: '2026-11-10', reason: 'waits for the supplier' }],
    )
    expect(fold('2026-10-09', events)).toMatchObject({ firstDue: '2026-10-20', due: '2026-11-10', postponements: 1 })
  })

  test('is open, done, open again, dropped, open again', () => {
    const events = recordAll(
      ['2026-10-01', ADD],
      ['2026-10-02', { type: 'done' }],
      ['2026-10-03', { type: 'reopen', reason: 'it came back' }],
      ['2026-10-04', { type: 'drop', reason: 'the service goes away' }],
      ['2026-10-05', { type: 'undrop', reason: 'it stays' }],
    )
    const states = ['2026-10-01', '2026-10-02', '2026-10-03', '2026-10-04', '2026-10-05']
    expect(states.map((date) => fold(date, events)?.state)).toEqual(['open', 'done', 'open', 'dropped', 'open'])
    expect(fold('2026-09-30', events)).toBeUndefined()
  })

  test('whose risk is accepted is open again from the first instant after the last day', () => {
    const events = recordAll(
      ['2026-10-01', ADD],
      ['2026-10-02', { type: 'accept', approver: 'tanaka', reason: 'cheap to live with', until: '2026-10-31' }],
    )
    const midnight = Date.parse('2026-11-01T00:00:00+09:00')
    const stateAt = (instant: number) => foldFix({ key: 'FIX-0001', events }, instant, ZONE)?.state
    expect([stateAt(midnight - 1), stateAt(midnight)]).toEqual(['accepted', 'open'])
    expect(decideAt('2026-11-02', events, { type: 'move', due: '2026-11-20', reason: 'now we do it' }).ok).toBe(true)
  })

  test.each([
    ['INC-0001', '2026-10-16'],
    ['INC-0002', '2026-11-30'],
    ['INC-0003', '2026-10-31'],
  ])('of %s without a date gets the default of its level, %s', (incident, due) => {
    const events = recordAll(['2026-10-01', { type: 'add', title: 'Alert on it', kind: 'detect', incident }])
    expect(events).toMatchObject([{ type: 'added', due }])
  })

  test('says everything that is wrong at once', () => {
    const command = { ...ADD, title: '', kind: 'prevnt', incident: 'INC-001', journey: 'feet', due: '2026-02-30' }
    expect(messages(decideAt('2026-10-01', [], command))).toEqual([
      'Expected `title` to have 1 to 200 characters, got nothing',
      'Expected `kind` to be a known one, got "prevnt" (did you mean "prevent"?)',
      'Expected `incident` to be a known one, got "INC-001" (did you mean "INC-0001"?)',
      'Expected `journey` to be a known one, got "feet" (known: measure-feet)',
      'Expected `due` to be a date as YYYY-MM-DD, got "2026-02-30"',
    ])
  })

  test('may be due today but not yesterday', () => {
    expect(decideAt('2026-10-20', [], ADD).ok).toBe(true)
    expect(messages(decideAt('2026-10-21', [], ADD))).toEqual([
      'Expected `due` to be today (2026-10-21) or after it, got 2026-10-20',
    ])
  })

  test('that does not exist is refused with the nearest key', () => {
    expect(messages(decideAt('2026-10-21', [], { type: 'done' }))).toEqual([
      'There is no fix FIX-0001 (did you mean "FIX-0002"?)',
    ])
  })

  const REASON = { reason: 'because' }
  const open = recordAll(['2026-10-01', ADD])
  const done = recordAll(['2026-10-01', ADD], ['2026-10-02', { type: 'done' }])
  const dropped = recordAll(['2026-10-01', ADD], ['2026-10-02', { type: 'drop', ...REASON }])
  const accept = { type: 'accept', approver: 'tanaka', until: '2026-12-31', ...REASON } as const
  const accepted = recordAll(['2026-10-01', ADD], ['2026-10-02', accept])
  test.each([
    [done, { type: 'done' }, 'open or accepted, but it is done (if it came back, `reopen` it with a reason first)'],
    [dropped, { type: 'done' }, 'open or accepted, but it is dropped (take it back with `undrop` and a reason first)'],
    [open, { type: 'reopen', ...REASON }, 'done, but it is open (it is already in the list of open fixes)'],
    [dropped, { type: 'reopen', ...REASON }, 'done, but it is dropped (take it back with `undrop` and a reason first)'],
    [
      done,
      { type: 'drop', ...REASON },
      'open or accepted, but it is done (if it came back, `reopen` it with a reason first)',
    ],
    [
      open,
      { type: 'undrop', ...REASON },
      'dropped or accepted or merged, but it is open (it is already in the list of open fixes)',
    ],
    [
      accepted,
      { type: 'move', due: '2026-11-01', ...REASON },
      'open, but it is accepted (its risk is accepted; take it back with `undrop` and a reason first)',
    ],
    [done, accept, 'open or dropped, but it is done (if it came back, `reopen` it with a reason first)'],
  ] as const)('refuses nonsense: case %#', (events, command, expected) => {
    expect(messages(decideAt('2026-10-05', events, command))).toEqual([`Expected FIX-0001 to be ${expected}`])
  })

  test('is moved to another date, with a reason', () => {
    expect(messages(decideAt('2026-10-05', open, { type: 'move', due: '2026-10-20', reason: ' ' }))).toEqual([
      'Expected a new due date for FIX-0001, got the one it has: 2026-10-20',
      'Expected `reason` to have 1 to 2000 characters, got nothing',
    ])
  })

  test('that was accepted may still be done', () => {
    expect(decideAt('2026-10-05', accepted, { type: 'done' }).ok).toBe(true)
  })
})

describe('what is said of a fix', () => {
  test('is who has it, what it waits for, what it belongs to', () => {
    const events = recordAll(
      ['2026-10-01', ADD],
      ['2026-10-02', { type: 'assign', owner: ' tanaka ' }],
      ['2026-10-03', { type: 'block', reason: 'waits for the supplier' }],
      ['2026-10-04', { type: 'edit', title: 'Retry it', kind: 'mitigate', cause: 'no retry', incident: 'INC-0001' }],
    )
    expect(fold('2026-10-05', events)).toMatchObject({
      ...{
        title: 'Retry it',
        kind: 'mitigate',
        cause: 'no retry',
        incident: 'INC-0001',
        owner: 'tanaka',
        state: 'open',
      },
      blocked: { since: at('2026-10-03'), reason: 'waits for the supplier' },
    })
    const freed = [...events, ...recordMore('2026-10-06', events, { type: 'unblock' }, { type: 'assign' })]
    expect(fold('2026-10-06', freed)).not.toHaveProperty('blocked')
    expect(fold('2026-10-06', freed)).not.toHaveProperty('owner')
  })

  test('a part is owed since the whole is, and a default date says that it is one', () => {
    const { due: _, ...undated } = ADD
    const part = recordAll(['2026-10-01', { ...undated, splitFrom: 'FIX-0002' }])
    expect(fold('2026-10-01', part)).toMatchObject({ since: '2026-08-01', splitFrom: 'FIX-0002', dueIsDefault: true })
    expect(messages(decideAt('2026-10-01', [], { ...ADD, splitFrom: 'FIX-0003' }))).toEqual([
      'Expected `splitFrom` to be a known one, got "FIX-0003" (did you mean "FIX-0002"?)',
    ])
  })

  test('what is the same as another one can be taken back', () => {
    const events = recordAll(
      ['2026-10-01', ADD],
      ['2026-10-02', { type: 'merge', into: 'FIX-0002' }],
      ['2026-10-03', { type: 'undrop', reason: 'it is another thing' }],
    )
    expect(fold('2026-10-02', events)).toMatchObject({ state: 'merged', mergedInto: 'FIX-0002' })
    expect(fold('2026-10-03', events)?.state).toBe('open')
    expect(messages(decideAt('2026-10-04', events, { type: 'merge', into: 'FIX-0001' }))).toEqual([
      'Expected another fix for FIX-0001 to be merged into, got itself',
    ])
  })

  test.each<[FixCommand, string]>([
    [{ type: 'edit' }, 'Expected a title, a kind, an incident, a journey or a cause to change of FIX-0001, got none'],
    [{ type: 'unblock' }, 'Expected FIX-0001 to be blocked, but it is not'],
    [{ type: 'assign' }, 'Expected another owner for FIX-0001, got the one it has'],
    [{ type: 'block', reason: ' ' }, 'Expected `reason` to have 1 to 2000 characters, got nothing'],
    [{ type: 'edit', kind: 'detct' }, 'Expected `kind` to be a known one, got "detct" (did you mean "detect"?)'],
  ])('refuses %j', (command, message) => {
    expect(messages(decideAt('2026-10-02', recordAll(['2026-10-01', ADD]), command))).toEqual([message])
  })
})

describe('a fix with a ticket', () => {
  const TICKET = { tracker: 'github', id: '42', url: 'https://example.com/42' }
  const ticketed: FixEvent[] = [
    {
      type: 'added',
      at: at('2026-10-01'),
      title: 'x',
      kind: 'prevent',
      due: '2026-10-31',
      dueIsDefault: true,
      ticket: TICKET,
    },
  ]

  test('has its status where the ticket is', () => {
    expect(messages(decideAt('2026-10-02', ticketed, { type: 'done' }))).toEqual([
      'Expected the status of FIX-0001 to be changed where it is kept, in github (change it at https://example.com/42; it is read from there)',
    ])
  })

  const move: FixCommand = { type: 'move', due: '2026-12-15', reason: 'parts' }

  test.each<[FixCommand, string]>([
    [move, 'due date'],
    [{ type: 'assign', owner: 'aoi' }, 'owner'],
    [{ type: 'edit', title: 'Retry twice' }, 'title'],
  ])('has what its tracker states there too: %j', (command, what) => {
    expect(messages(decideAt('2026-10-02', ticketed, command)).join()).toContain(`Expected the ${what} of FIX-0001`)
    const gone: FixEvent[] = [...ticketed, { type: 'linked', at: at('2026-10-01'), ticket: { ...TICKET, gone: true } }]
    expect(decideAt('2026-10-02', gone, command)).toMatchObject({ ok: true })
  })

  test('may be edited in what its tracker does not state, with the title that it has', () => {
    const edit: FixCommand = { type: 'edit', title: 'x', kind: 'detect' }
    expect(decideAt('2026-10-02', ticketed, edit)).toMatchObject({ ok: true })
  })

  test('takes the reason of a date that its tracker has taken, also where a reading was faster', () => {
    const written = (before: readonly FixEvent[]) => decideAt('2026-10-04', before, move, { isWritten: true })
    const read: FixEvent = { type: 'moved', at: at('2026-10-03'), due: '2026-12-15', reason: 'changed in the tracker' }
    for (const before of [ticketed, [...ticketed, read]]) {
      expect(written(before)).toMatchObject({
        ok: true,
        events: [{ type: 'moved', due: '2026-12-15', reason: 'parts' }],
      })
    }
  })

  test('is promised for a date that is stated by the next day, and for the default afterwards', () => {
    const moved = (date: string): FixEvent => ({ type: 'moved', at: at(date), due: '2026-12-15', reason: 'stated' })
    const first = (date: string) => fold(date, [...ticketed, moved(date)])
    expect(first('2026-10-02')).toMatchObject({ firstDue: '2026-12-15', postponements: 0 })
    expect(first('2026-10-03')).toMatchObject({ firstDue: '2026-10-31', due: '2026-12-15', postponements: 1 })
    expect(first('2026-10-02')).not.toHaveProperty('dueIsDefault')
  })

  test('is told of in the order of the record: what happened earlier than what was recorded before it counts from there', () => {
    const late = (happened: string): FixEvent => ({ type: 'done', at: at('2026-10-09'), happenedAt: at(happened) })
    const doneAt = (happened: string) => fold('2026-10-09', [...ticketed, late(happened)])?.doneAt
    expect(doneAt('2026-10-05')).toBe(at('2026-10-05'))
    expect(doneAt('2026-09-05')).toBe(at('2026-10-01'))
    expect(doneAt('2026-12-05')).toBe(at('2026-10-09'))
  })
})

function recordMore(date: string, before: readonly FixEvent[], ...commands: readonly FixCommand[]): FixEvent[] {
  return commands.flatMap((command) => {
    const decision = decideAt(date, before, command)
    if (!decision.ok) throw new Error(decision.problems.map(({ message }) => message).join('; '))
    return decision.events
  })
}

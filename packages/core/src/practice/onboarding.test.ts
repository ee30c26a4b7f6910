import fc from 'fast-check'
import { expect, test } from 'vitest'
import { DEFAULT_PRACTICE, PRACTICE_LIMIT } from './item.ts'
import { decideMember, foldMember, type MemberCommand, type MemberEvent } from './member-events.ts'
import { onboardingOf, runbooksToRead } from './onboarding.ts'

const RUNBOOKS = [
  { file: 'slow.md', address: 'https://w/slow', journey: 'checkout' },
  { file: 'a/any.md', address: 'https://w/any' },
  { file: 'b/any.md', address: 'https://v/any', journey: 'search' },
  { file: 'again.md', address: 'https://w/slow', journey: 'checkout' },
]
const ITEMS = DEFAULT_PRACTICE.map(({ id }) => id)
const context = (now: number, by?: string) => ({
  now,
  items: ITEMS,
  runbooks: [...RUNBOOKS, { file: 'a/any.md', address: 'https://u/any' }],
  ...(by !== undefined && { by }),
})

function say(commands: readonly MemberCommand[]): readonly MemberEvent[] {
  const events: MemberEvent[] = []
  for (const [i, command] of commands.entries()) {
    const decision = decideMember(foldMember(events), command, context(i + 1, 'boss'))
    if (decision.ok) events.push(...decision.events)
  }
  return events
}

const command: fc.Arbitrary<MemberCommand> = fc.oneof(
  fc.record({
    type: fc.constantFrom('tick', 'untick'),
    item: fc.constantFrom(...ITEMS.slice(0, 3), 'none', 'constructor'),
  }),
  fc.record({
    type: fc.constant('read' as const),
    runbook: fc.constantFrom('slow', 'https://v/any', 'a/any.md', 'no'),
  }),
)

test('said twice nothing more is recorded, and the last word about an item holds', () => {
  fc.assert(
    fc.property(fc.array(command, { maxLength: 12 }), (commands) => {
      const events = say(commands)
      expect(say(commands.flatMap((each) => [each, each])).length).toBe(events.length)
      for (const item of ITEMS.slice(0, 3)) {
        const last = commands.findLast((each) => each.type !== 'read' && each.item === item)
        expect(foldMember(events).marks.get(item)?.ticked).toBe(last === undefined ? undefined : last.type === 'tick')
      }
      expect(events.every((event) => event.type === 'read' || ITEMS.includes(event.item))).toBe(true)
    }),
  )
})

test('a runbook is said by its file or its address; one that nobody knows, or that two could be, is refused', () => {
  const told = (runbook: string) => {
    const decision = decideMember(foldMember([]), { type: 'read', runbook }, context(1))
    return decision.ok ? decision.events.map((event) => event.type === 'read' && event.runbook) : decision.problems
  }
  expect([told('slow.md'), told('slow'), told('https://w/slow')]).toEqual(Array(3).fill(['https://w/slow']))
  expect(told('slo.md')).toMatchObject([{ code: 'PRACTICE_UNKNOWN_RUNBOOK', hint: expect.stringContaining('slow.md') }])
  expect(told('a/any')).toMatchObject([
    { message: 'Expected one runbook, but 2 are called a/any', hint: 'say its address: https://w/any, https://u/any' },
  ])
})

test('the record ticks what it has seen; what people say holds over it', () => {
  const state = (commands: readonly MemberCommand[], journeys: readonly string[] = ['checkout']) => {
    const record = foldMember(say(commands))
    const runbooks = runbooksToRead(journeys, RUNBOOKS, record)
    const leads = [{ incident: 'INC-0002', drill: true, name: 'sato', at: 7 }]
    const parts = [{ incident: 'INC-0003', drill: false, name: 'sato', at: 9 }, ...leads]
    return onboardingOf(DEFAULT_PRACTICE, { record, leads, parts, runbooks })
  }
  expect(state([])).toMatchObject({
    done: 3,
    items: [
      { id: 'access', ticked: false },
      { id: 'runbooks', ticked: false, progress: { done: 0, of: 2 } },
      { id: 'join-drill', ticked: true, mark: { at: 7, byRecord: true, detail: 'INC-0002' } },
      { id: 'shadow', ticked: true, mark: { at: 9, detail: 'INC-0003' } },
      { id: 'lead-drill', ticked: true, mark: { at: 7, detail: 'INC-0002' } },
    ],
  })
  const read = [
    { type: 'read', runbook: 'slow' },
    { type: 'read', runbook: 'https://w/any' },
  ] as const
  expect(state([read[0]]).items[1]).toMatchObject({ ticked: false, progress: { done: 1, of: 2 } })
  expect(state(read).items[1]).toMatchObject({ ticked: true, mark: { at: 2, byRecord: true, detail: '2 read' } })
  expect(state([...read, { type: 'untick', item: 'runbooks' }]).items[1]).toMatchObject({ ticked: false })
  expect(state([{ type: 'tick', item: 'access' }]).items[0]).toMatchObject({
    ticked: true,
    mark: { at: 1, by: 'boss' },
  })
  expect(state([{ type: 'untick', item: 'lead-drill' }]).items[4]).toMatchObject({ ticked: false })
})

test('who has nothing to read has read nothing by that', () => {
  const record = foldMember([])
  const told = onboardingOf(DEFAULT_PRACTICE, { record, leads: [], parts: [], runbooks: [] })
  expect(told.items[1]).toMatchObject({ ticked: false, progress: { done: 0, of: 0 } })
})

test('what comes with Tabiji fits its own limits, in both languages', () => {
  expect(new Set(ITEMS).size).toBe(ITEMS.length)
  for (const { id, text } of DEFAULT_PRACTICE) {
    expect([id, text.en, text.ja].every((each) => each !== '' && each.length <= PRACTICE_LIMIT.text)).toBe(true)
  }
})

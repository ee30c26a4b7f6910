import { describe, expect, test } from 'vitest'
import type { MonthFacts } from './month-facts.ts'
import {
  decideAnswer,
  decideAsk,
  decideComment,
  decideException,
  decideHeadline,
  type RemarkContext,
} from './remark-command.ts'
import { everyAsk, type RemarkEvent, withRemarks } from './remark-event.ts'

const ZONE = 'Asia/Tokyo'
const NOW = Date.parse('2026-11-02T10:00:00+09:00')

const contextAt = (now: number, events: readonly RemarkEvent[] = []): RemarkContext => ({
  now,
  by: 'sato',
  zone: ZONE,
  journeys: ['checkout', 'login'],
  events,
})

type Say = (context: RemarkContext) => ReturnType<typeof decideComment>

/** Says one thing after another, an hour apart. */
function said(...says: readonly Say[]): readonly RemarkEvent[] {
  const events: RemarkEvent[] = []
  for (const [i, say] of says.entries()) {
    const decision = say(contextAt(NOW + i * 3_600_000, events))
    if (!decision.ok) throw new Error(JSON.stringify(decision.problems))
    events.push(...decision.events)
  }
  return events
}

const monthOf = (month: string) => {
  const journey = (name: string) => ({ name, objectives: [], policy: { step: 'careful' } })
  return { month, timeZone: ZONE, journeys: [journey('checkout'), journey('login')] } as unknown as MonthFacts
}

const codesOf = (decision: ReturnType<typeof decideComment>) =>
  decision.ok ? [] : decision.problems.map(({ code, path }) => `${code} ${path.join('.')}`)

describe('remarks', () => {
  test('fill the month that they were said for: the last word counts, and no other month has it', () => {
    const events = said(
      (c) => decideComment({ month: '2026-10', journey: 'checkout', text: ' first ' }, c),
      (c) => decideComment({ month: '2026-10', journey: 'checkout', text: 'second' }, c),
      (c) => decideHeadline({ month: '2026-10', text: 'A calm month.' }, c),
    )
    const facts = withRemarks(monthOf('2026-10'), events)
    expect(facts.journeys[0]?.comment).toEqual({ text: 'second', by: 'sato', at: '2026-11-02T11:00:00+09:00' })
    expect(facts.journeys[1]?.comment).toBeUndefined()
    expect(facts.headline).toEqual({ text: 'A calm month.', by: 'sato', at: '2026-11-02T12:00:00+09:00' })
    expect(withRemarks(monthOf('2026-09'), events)).toEqual(monthOf('2026-09'))
    const cleared = [...events, ...said((c) => decideHeadline({ month: '2026-10' }, c))]
    expect(withRemarks(facts, cleared).headline).toBeUndefined()
  })

  test('tell an ask in its own report and the next one, with what became of it', () => {
    const events = said(
      (c) => decideAsk({ month: '2026-09', text: 'old' }, c),
      (c) => decideAsk({ month: '2026-10', text: 'Keep the canary', owner: 'suzuki', due: '2026-11-13' }, c),
      (c) => decideAnswer({ key: 'ASK-0002', state: 'agreed', text: 'until FIX-0117' }, c),
    )
    const keysIn = (month: string) => withRemarks(monthOf(month), events).asks?.map(({ key }) => key)
    expect(keysIn('2026-09')).toEqual(['ASK-0001'])
    expect(keysIn('2026-10')).toEqual(['ASK-0001', 'ASK-0002'])
    expect(keysIn('2026-11')).toEqual(['ASK-0002'])
    expect(keysIn('2026-12')).toBeUndefined()
    expect(everyAsk(events, ZONE)[1]).toEqual({
      key: 'ASK-0002',
      month: '2026-10',
      text: 'Keep the canary',
      owner: 'suzuki',
      due: '2026-11-13',
      state: 'agreed',
      answer: { text: 'until FIX-0117', by: 'sato', at: '2026-11-02T12:00:00+09:00' },
    })
  })

  test('grant an exception on the days from when it was said to its last one', () => {
    const events = said((c) => decideException({ journey: 'login', until: '2026-12-01', reason: 'the sale' }, c))
    const grantedIn = (month: string) => withRemarks(monthOf(month), events).journeys[1]?.policy?.exceptions
    const granted = { reason: 'the sale', by: 'sato', at: '2026-11-02T10:00:00+09:00', until: '2026-12-01' }
    expect(grantedIn('2026-10')).toBeUndefined()
    expect(grantedIn('2026-11')).toEqual([granted])
    expect(grantedIn('2026-12')).toEqual([granted])
    expect(grantedIn('2027-01')).toBeUndefined()
  })

  test('are refused with everything that is wrong', () => {
    const context = contextAt(NOW)
    expect(codesOf(decideComment({ month: '2026-12', journey: 'chekout', text: ' ' }, context))).toEqual([
      'REPORT_MONTH month',
      'REPORT_UNKNOWN_JOURNEY journey',
      'REPORT_TEXT text',
    ])
    expect(codesOf(decideAsk({ month: '2026-10', text: 'x', due: '2026-11-01' }, context))).toEqual(['REPORT_DUE due'])
    expect(codesOf(decideException({ journey: 'login', until: 'tomorrow', reason: 'r' }, context))).toEqual([
      'REPORT_UNTIL until',
    ])
    expect(codesOf(decideAnswer({ key: 'ASK-0009', state: 'done' }, context))).toEqual(['REPORT_ASK_UNKNOWN '])
    const done = said(
      (c) => decideAsk({ month: '2026-10', text: 'x' }, c),
      (c) => decideAnswer({ key: 'ASK-0001', state: 'done' }, c),
    )
    const again = decideAnswer({ key: 'ASK-0001', state: 'declined' }, contextAt(NOW, done))
    expect(codesOf(again)).toEqual(['REPORT_ASK_DONE '])
  })
})

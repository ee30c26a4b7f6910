import type { AlertFacts, Unanswered } from '@tabiji/core/alert'
import { describe, expect, test } from 'vitest'
import { FACTS, OVER } from '../testing/alert.ts'
import type { Message } from './message.ts'
import { renderMessage } from './render.ts'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

function reminded(unanswered: Partial<Unanswered>, rest: Partial<AlertFacts> = {}): AlertFacts {
  const since = FACTS.startedAt
  const at = since + 15 * MINUTE
  const facts = { reason: 'unanswered', since, at, told: ['pager', 'chat'], ...unanswered } as const
  return { ...FACTS, ...rest, kind: 'reminder', at: facts.at, unanswered: facts }
}

const UNANSWERED = reminded({})
const EXPIRED = reminded({ reason: 'ack_expired', by: 'aoi' })
const TICKET = reminded({ reason: 'ticket', at: FACTS.startedAt + 5 * DAY }, { level: 2 })

const head = ({ title, lead, notes }: Message) => [title, lead, ...notes]
const say = (facts: AlertFacts, language: 'en' | 'ja') => renderMessage({ facts }, language)

describe('a reminder', () => {
  test('says for how long nobody has it, what happened when it rang, and how to take it', () => {
    expect(head(say(UNANSWERED, 'en'))).toEqual([
      '▲ LEVEL 1 · Foot measurement: nobody has taken it for 15 min',
      expect.stringMatching(
        /^It rings, and for 15 min nobody has said that they have it\. When it rang: 1\.82 % of events failed in the last 1 h/,
      ),
      'Say that you have it: tabiji alerts ack A-0042',
    ])
    expect(head(say(UNANSWERED, 'ja'))).toEqual([
      '▲ レベル1・足の計測:15分たっても対応者なし',
      expect.stringMatching(/^発報から15分たちましたが、まだ誰も対応を宣言していません。 発報時の状況:直近1時間に/),
      '対応する人は宣言してください:tabiji alerts ack A-0042',
    ])
  })

  test('says who was told and does not answer', () => {
    expect(say(UNANSWERED, 'en').fields[0]).toEqual({ label: 'Told so far', value: 'pager, chat' })
    expect(say(UNANSWERED, 'ja').fields[0]).toEqual({ label: '通知済みの宛先', value: 'pager、chat' })
    expect(say(reminded({ told: [] }), 'en').fields[0]?.label).toBe('Budget left')
  })

  test('says whose time is over', () => {
    expect(say(EXPIRED, 'en').title).toBe('▲ LEVEL 1 · Foot measurement: still rings, and aoi has it no more')
    expect(say(EXPIRED, 'ja').title).toBe('▲ レベル1・足の計測:継続中、aoiの対応宣言が期限切れ')
    const nobody = reminded({ reason: 'ack_expired' })
    expect(say(nobody, 'en').title).toBe('▲ LEVEL 1 · Foot measurement: still rings, and who had it has it no more')
    expect(say(nobody, 'ja').lead).toMatch(/^対応宣言の期限が切れましたが、アラートは続いています。/)
  })

  test('proposes a ticket', () => {
    expect(head(say(TICKET, 'en'))).toEqual([
      '◆ LEVEL 2 · Foot measurement: open for 5 days, make it a ticket',
      expect.stringMatching(/^It has been open for 5 days\./),
      'Write a ticket with an owner and a date: tabiji fix add',
    ])
    expect(say(TICKET, 'ja').title).toBe('◆ レベル2・足の計測:5日継続中、チケット化してください')
  })

  test('says how late it is', () => {
    const late = reminded({ lateMs: 42 * MINUTE })
    expect(say(late, 'en').notes[0]).toBe('This should have come 42 min ago.')
    expect(say(late, 'ja').notes[0]).toBe('この通知は42分遅れています。')
  })

  test('says when its data cannot be read', () => {
    const blind = reminded({}, { unreadSince: FACTS.startedAt + MINUTE })
    const found = say(blind, 'en').fields.find(({ label }) => label === 'No data since')
    expect(found).toMatchObject({ value: '2026-10-20 13:40 (Asia/Tokyo)', at: FACTS.startedAt + MINUTE })
    expect(say(blind, 'ja').fields.map(({ label }) => label)).toContain('データ途絶')
  })
})

describe('an alert', () => {
  test('that flaps says that it will be quiet', () => {
    const flapping: AlertFacts = { ...FACTS, flapping: { reopenings: 3, quietMs: 30 * MINUTE } }
    expect(say(flapping, 'en').notes[0]).toBe(
      'It came back 3 times. No more is said of it until it has been quiet for 30 min.',
    )
    expect(say(flapping, 'ja').notes[0]).toBe('再発が3回続いています。30分静かになるまで、次の通知は送りません。')
  })

  test('that is over says who had it', () => {
    const taken: AlertFacts = { ...OVER, takenBy: 'aoi' }
    expect(say(taken, 'en').fields).toContainEqual({ label: 'Taken by', value: 'aoi' })
    expect(say(taken, 'ja').fields).toContainEqual({ label: '対応', value: 'aoi' })
  })

  test('whose page is over says at which level it goes on', () => {
    const over: AlertFacts = { ...OVER, remains: { episode: 'A-0043', level: 2 } }
    expect(say(over, 'en').notes).toEqual(['It goes on at level 2: A-0043'])
    expect(say(over, 'ja').notes).toEqual(['レベル2としては継続中です:A-0043'])
  })
})

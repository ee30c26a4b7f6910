import type { UpdateFacts } from '@tabiji/core/alert'
import { expect, test } from 'vitest'
import { STARTED_AT } from '../testing/alert.ts'
import { plainText } from './message.ts'
import { renderMessage } from './render.ts'

const MINUTE = 60_000
const FACTS: UpdateFacts = {
  ...{ kind: 'update', incident: 'INC-0007', episodes: ['A-0042'], title: 'Feet cannot be measured', level: 2 },
  ...{ who: ['tanaka', 'suzuki'], due: STARTED_AT + 30 * MINUTE, since: STARTED_AT, isMitigated: false },
  hurt: [{ title: { en: 'Foot measurement', ja: '足の計測' }, bad: 182, valid: 10_000 }],
  last: { at: STARTED_AT + 5 * MINUTE, by: 'suzuki', text: 'We roll back.' },
  ...{ dedupKey: 'k', at: STARTED_AT + 31 * MINUTE, timeZone: 'Asia/Tokyo', sample: false },
}
const said = (language: 'en' | 'ja', more: Partial<UpdateFacts> = {}) =>
  plainText(renderMessage({ facts: { ...FACTS, ...more } }, language))

test('who tells others is asked, with a draft for customers in both languages and the numbers in it', () => {
  expect(said('en')).toMatchInlineSnapshot(`
    "⏰ INC-0007 · the next update is due: Feet cannot be measured
    tanaka, suzuki, people wait for your word. It was promised for 2026-10-20 14:09 (Asia/Tokyo).
    Last update: 2026-10-20 13:44 (Asia/Tokyo) · suzuki · We roll back.
    First: tabiji incident update INC-0007 "…" --next 30m
    Draft for customers (en): Since 2026-10-20 13:39 (Asia/Tokyo) there were problems with: Foot measurement (1.82 %, 182 of 10,000 requests so far). We are working on it and will write again as soon as we know more. We apologise for the trouble.
    Draft for customers (ja): 2026-10-20 13:39 (Asia/Tokyo)頃から、「足の計測」(これまでに10,000件中182件、1.82 %)をご利用いただきにくい状態が発生しました。現在、原因の調査と復旧作業を進めています。詳しいことが分かり次第、改めてお知らせします。ご迷惑をおかけし、申し訳ございません。
    as of 2026-10-20 14:10 (Asia/Tokyo)"
  `)
  expect(said('ja')).toMatchInlineSnapshot(`
    "⏰ INC-0007・状況報告の時刻です: Feet cannot be measured
    tanakaさん、suzukiさん、報告をお願いします。予定時刻は2026-10-20 14:09 (Asia/Tokyo)です。
    前回の報告: 2026-10-20 13:44 (Asia/Tokyo)・suzuki・We roll back.
    まず tabiji incident update INC-0007 "…" --next 30m を実行してください。
    お客様向けの文案 (en): Since 2026-10-20 13:39 (Asia/Tokyo) there were problems with: Foot measurement (1.82 %, 182 of 10,000 requests so far). We are working on it and will write again as soon as we know more. We apologise for the trouble.
    お客様向けの文案 (ja): 2026-10-20 13:39 (Asia/Tokyo)頃から、「足の計測」(これまでに10,000件中182件、1.82 %)をご利用いただきにくい状態が発生しました。現在、原因の調査と復旧作業を進めています。詳しいことが分かり次第、改めてお知らせします。ご迷惑をおかけし、申し訳ございません。
    2026-10-20 14:10 (Asia/Tokyo) 時点"
  `)
})

test('a draft promises nothing that is not known', () => {
  const text = said('en', { who: [], hurt: [], isMitigated: true })
  expect(text).toContain('Nobody has taken lead or comms.')
  expect(text).not.toContain('problems with')
  expect(text).toContain('It has been working again since')
  const { last: _, ...first } = FACTS
  expect(plainText(renderMessage({ facts: first }, 'ja'))).toContain('前回の報告: まだありません')
})

test('of many journeys three are named', () => {
  const hurt = [1, 2, 3, 4, 5].map((n) => ({ title: { en: `Journey ${n}`, ja: `旅${n}` } }))
  expect(said('en', { hurt })).toContain('problems with: Journey 1, Journey 2, Journey 3, 2 more.')
  expect(said('en', { hurt })).toContain('「旅1」、「旅2」、「旅3」、ほか2件を')
})

import type { Trouble, TroubleFacts } from '@tabiji/core/alert'
import { expect, test } from 'vitest'
import { STARTED_AT } from '../testing/alert.ts'
import { plainText } from './message.ts'
import { renderMessage } from './render.ts'

const facts = (trouble: Trouble, over = false): TroubleFacts => ({
  ...{ kind: 'trouble', trouble, over, level: 2, since: STARTED_AT, at: STARTED_AT + 720_000 },
  ...{ dedupKey: 'k', timeZone: 'Asia/Tokyo', sample: false },
})
const said = (language: 'en' | 'ja', trouble: Trouble, over?: boolean) =>
  plainText(renderMessage({ facts: facts(trouble, over) }, language))

test('a receiver that takes nothing is said with the reason and the way out, and its end with how long it was', () => {
  const trouble = { part: 'receiver', name: 'pager', why: 'Answered 410' } as const
  expect(said('en', trouble)).toMatch(
    /^⚠ TABIJI · pager takes no messages\n[\s\S]*Reason: Answered 410\nFirst: tabiji outbox/,
  )
  expect(said('ja', trouble)).toMatch(/^⚠ TABIJI・通知先pagerに届いていません\n[\s\S]*理由: Answered 410\nまず/)
  expect(said('en', trouble, true)).toMatch(
    /^✔ TABIJI · pager takes messages again\nA message was taken again, 12 min after/,
  )
  expect(said('ja', trouble, true)).toContain('最初の不達から12分後に')
})

test('an absence and a jump of the clock say how long, in both languages', () => {
  const absence = { part: 'absence', from: STARTED_AT - 3_600_000, to: STARTED_AT } as const
  expect(said('en', absence)).toMatch(
    /^⚠ TABIJI · nobody watched for 1 h\nThe collector was away from 2026-10-20 12:39/,
  )
  expect(said('ja', absence)).toMatch(/^⚠ TABIJI・1時間の間、監視が止まっていました/)
  expect(said('en', { part: 'clock', seconds: -3600 })).toContain('the clock jumped 1 h back')
  expect(said('ja', { part: 'clock', seconds: 90 })).toContain('進みました')
})

import { expect, test } from 'vitest'
import { foldIncident } from '../incident/index.ts'
import { foldFix } from './fix.ts'
import { draftTicket, markIn, markLine, markOf } from './ticket-draft.ts'

const AT = Date.parse('2026-11-01T09:00:00+09:00')
const fix = foldFix(
  {
    key: 'FIX-0003',
    events: [
      {
        ...{ type: 'added', at: AT, title: 'Retry the upload', kind: 'prevent', due: '2026-12-01', owner: 'suzuki' },
        ...{ incident: 'INC-0007', cause: 'no-retry', journey: 'checkout' },
      },
      { type: 'moved', at: AT + 1, due: '2026-12-08', reason: 'waits' },
    ],
  },
  AT + 2,
  'Asia/Tokyo',
)
if (fix === undefined) throw new Error('Expected a fix, got none')
const incident = foldIncident('INC-0007', [
  { type: 'opened', at: AT, title: '支払いに失敗', level: 1, journeys: ['checkout'], episodes: [], drill: false },
  { type: 'caused', at: AT, causes: [{ id: 'no-retry', text: 'Nothing retries', bone: 'design' }] },
])

test('a ticket says what it is for, and below what is read back from it', () => {
  expect(draftTicket(fix, incident, 'en').text).toMatchInlineSnapshot(`
    "- To do: Retry the upload
    - What for: that it does not happen again
    - Incident: INC-0007 (level 1) 支払いに失敗
    - Journey: checkout
    - Cause that it removes: Nothing retries (no-retry)
    - Promised first for: 2026-12-01

    Tabiji reads the lines below, and follows what is changed in them:

    due: 2026-12-08
    fix: prevent
    incident: INC-0007
    cause: no-retry
    owner: suzuki"
  `)
  expect(draftTicket(fix, incident, 'ja').text).toMatchInlineSnapshot(`
    "- 内容: Retry the upload
    - 目的: 再発を防ぐ
    - インシデント: INC-0007（レベル1） 支払いに失敗
    - ジャーニー: checkout
    - 取り除く原因: Nothing retries (no-retry)
    - 最初に約束した期限: 2026-12-01

    以下の行はTabijiが読み取ります。書き換えると、その内容が反映されます。

    due: 2026-12-08
    fix: prevent
    incident: INC-0007
    cause: no-retry
    owner: suzuki"
  `)
})

test('a fix that belongs to nothing says nothing of it', () => {
  const bare = foldFix(
    { key: 'FIX-0004', events: [{ type: 'added', at: AT, title: 'T', kind: 'detect', due: '2026-12-01' }] },
    AT,
    'Asia/Tokyo',
  )
  expect(bare && draftTicket(bare, undefined, 'en').text).not.toMatch(/undefined|ncident|ause|wner|ourney/)
})

test('a mark is found in the text that carries it, and is another one where keys were counted anew', () => {
  expect(markIn(`text\n\n${markLine(markOf(fix))}\n`)).toBe(markOf(fix))
  expect(markIn('<!-- tabiji FIX-0003 -->')).toBeUndefined()
  expect(markOf({ key: 'FIX-0003', createdAt: AT + 1 })).not.toBe(markOf(fix))
})

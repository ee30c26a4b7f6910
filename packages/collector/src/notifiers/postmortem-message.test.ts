import type { PostmortemFacts } from '@tabiji/core/alert'
import { expect, test } from 'vitest'
import { STARTED_AT } from '../testing/alert.ts'
import { plainText } from './message.ts'
import { renderMessage } from './render.ts'

const FACTS: PostmortemFacts = {
  ...{ kind: 'postmortem', incident: 'INC-0007', title: 'Feet cannot be measured', state: 'missing', level: 3 },
  ...{ due: '2026-10-19', owner: 'suzuki', dedupKey: 'k', at: STARTED_AT, timeZone: 'Asia/Tokyo', sample: false },
}

test('a team is reminded of a postmortem that is overdue, in both languages, without blame', () => {
  expect(plainText(renderMessage({ facts: FACTS }, 'en'))).toMatchInlineSnapshot(`
    "📝 INC-0007 · the postmortem is overdue: Feet cannot be measured
    It was due on 2026-10-19. suzuki has it; whoever was there may help.
    State: not begun
    Go on with: tabiji postmortem draft INC-0007
    as of 2026-10-20 13:39 (Asia/Tokyo)"
  `)
  const { owner: _, ...nobodys } = FACTS
  expect(plainText(renderMessage({ facts: { ...nobodys, state: 'inReview' } }, 'ja'))).toMatchInlineSnapshot(`
    "📝 INC-0007・ポストモーテムの期限が過ぎています: Feet cannot be measured
    期限は2026-10-19でした。担当者はまだ決まっていません。
    状態: レビュー中
    続きは tabiji postmortem draft INC-0007 から進められます。
    2026-10-20 13:39 (Asia/Tokyo) 時点"
  `)
})

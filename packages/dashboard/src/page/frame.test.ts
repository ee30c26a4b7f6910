import { expect, test } from 'vitest'
import { missingScreen } from '../screen/missing.ts'
import { AROUND } from '../testing/around.ts'
import type { Around, Ringing } from './around.ts'
import { pageOf } from './frame.ts'

const SINCE = '2026-10-15T13:50:00+09:00'
const RINGING: Ringing = { id: 'A-0002', journey: { en: 'Pay', ja: '支払う' }, since: SINCE }
const SILENCED = { by: 'SIL-0001', reason: '<b>move</b>', until: '2026-10-15T15:00:00+09:00' }

const page = (ringing: Ringing, around: Partial<Around> = {}) =>
  pageOf({ ...AROUND, ...around, ringing: [ringing] }, (context) =>
    missingScreen(context, { status: 404, path: '/', said: '' }),
  )

test('a page that nobody has is said aloud; one that was silenced is striped, and says by whose wish', () => {
  expect(page(RINGING)).toContain('<div class="ringing" role="alert">')
  const silenced = page({ ...RINGING, silenced: SILENCED })
  expect(silenced).toContain('<div class="ringing striped" role="status">')
  expect(silenced).toContain('Nobody was told, because of SIL-0001 (&lt;b&gt;move&lt;/b&gt;) until 2026-10-15 15:00.')
  expect(silenced).toContain('action="/do/alerts/A-0002/ack"')
  const { until: _, ...open } = SILENCED
  const japanese = page({ ...RINGING, silenced: open }, { language: 'ja' })
  expect(japanese).toContain('SIL-0001（&lt;b&gt;move&lt;/b&gt;）により通知を止めています。')
})

import type { RungAlert } from '../../../packages/collector/src/testing/rung.ts'
import type { Line } from './lines.ts'

type Told = readonly [key: string, at: string, command: Readonly<Record<string, unknown>>]

const cause = (id: string, fix?: string) => ({
  ...{ type: 'addCause', id, text: `the ${id} again`, bone: 'system' },
  ...(fix !== undefined && { fix }),
})
/** What the daemon writes down of the alerts of an incident. */
const seen = (moment: string, at: string) => ({ type: 'deriveTime', moment, value: Date.parse(at), origin: 'alert' })
const join = (...episodes: string[]) => ({ type: 'join', episodes, journeys: [] })

/**
 * What people wrote of the year's incidents beside what its history has: causes, so that some come back while their fix is open and
 * some after it was done, and alerts that they are about.
 */
const WRITTEN: readonly Told[] = [
  ['INC-0001', '2025-11-02T12:45:00-05:00', join('A-9001')],
  ['INC-0001', '2025-11-02T12:50:00-05:00', seen('delivered', '2025-11-02T12:41:00-05:00')],
  ['INC-0001', '2025-11-02T12:51:00-05:00', seen('acknowledged', '2025-11-02T12:44:00-05:00')],
  ['INC-0003', '2025-12-14T10:00:00-05:00', cause('postal-code')],
  ['INC-0004', '2025-12-17T10:00:00-05:00', cause('old-certificate')],
  ['INC-0008', '2026-02-07T11:40:00-05:00', seen('delivered', '2026-02-07T11:26:30-05:00')],
  ['INC-0008', '2026-02-07T11:41:00-05:00', seen('acknowledged', '2026-02-07T11:39:00-05:00')],
  ['INC-0009', '2026-02-16T13:00:00-05:00', seen('delivered', '2026-02-16T12:53:00-05:00')],
  // Somebody had it before the message arrived.
  ['INC-0009', '2026-02-16T13:01:00-05:00', seen('acknowledged', '2026-02-16T12:52:00-05:00')],
  // Its fix was done, came back by itself, and is open.
  ['INC-0020', '2026-07-10T10:00:00-04:00', cause('slow-query', 'FIX-0053')],
  // A cause without a fix, and a journey that the fix is not for.
  ['INC-0024', '2026-09-07T10:00:00-04:00', cause('full-disk')],
  ['INC-0025', '2026-09-08T10:00:00-04:00', cause('cold-cache', 'FIX-0090')],
  ['INC-0026', '2026-10-05T10:00:00-04:00', cause('lost-lock', 'FIX-0048')],
  // Three days after its fix was done.
  ['INC-0027', '2026-10-11T10:00:00-04:00', cause('rate-limit', 'FIX-0104')],
  ['INC-0029', '2026-10-22T13:50:00-04:00', join('A-9010')],
  ['INC-0029', '2026-10-23T10:00:00-04:00', cause('postal-code', 'FIX-0106')],
]

export const BESIDE: readonly Line[] = WRITTEN.map(([key, at, command]) => ({
  ...{ kind: 'incident', key, at: new Date(at).toISOString(), by: 'mori' },
  command: command as { type: string },
}))

const alert = (id: string, level: RungAlert['level'], of: string, ...lines: RungAlert['lines']): RungAlert => {
  const [journey = '', objective = ''] = of.split('/')
  return { id, level, journey, objective, lines }
}

/** A history file has no alerts, so these are put into the books: at night and just not, in both kinds of time, over the edge of a month. */
export const ALERTS: readonly RungAlert[] = [
  alert(
    ...(['A-9001', 1, 'recommendations/availability'] as const),
    ['2025-11-02T12:40:00-05:00', 'fired'],
    ['2025-11-02T12:44:00-05:00', 'acked'],
    ['2025-11-02T15:00:00-05:00', 'resolved'],
  ),
  // In the summer's time it would be past seven.
  alert(
    ...(['A-9002', 2, 'loyalty-points/availability'] as const),
    ['2025-11-03T06:30:00-05:00', 'fired'],
    ['2025-11-04T09:00:00-05:00', 'resolved'],
  ),
  alert(
    ...(['A-9003', 1, 'search/availability'] as const),
    ['2025-11-10T07:00:00-05:00', 'fired'],
    ['2025-11-10T08:00:00-05:00', 'noted'],
    ['2025-11-10T09:00:00-05:00', 'resolved'],
  ),
  alert(
    ...(['A-9004', 1, 'pay-by-card/availability'] as const),
    ['2025-11-30T21:59:00-05:00', 'fired'],
    ['2025-12-01T01:00:00-05:00', 'resolved'],
  ),
  alert(
    ...(['A-9005', 2, 'wishlist/availability'] as const),
    ['2026-09-14T13:00:00-04:00', 'fired'],
    ['2026-09-14T14:00:00-04:00', 'acked'],
    ['2026-09-14T15:00:00-04:00', 'resolved'],
  ),
  alert(
    ...(['A-9006', 2, 'track-parcel/latency'] as const),
    ['2026-09-30T22:00:00-04:00', 'fired'],
    ['2026-10-01T04:00:00-04:00', 'resolved'],
  ),
  // Only made known: no bad event is put down to it.
  alert(
    ...(['A-9007', 3, 'browse/availability'] as const),
    ['2026-10-05T03:00:00-04:00', 'fired'],
    ['2026-10-05T05:00:00-04:00', 'resolved'],
  ),
  // Taken when the month was over.
  alert(
    ...(['A-9008', 1, 'checkout/availability'] as const),
    ['2026-10-10T07:00:00-04:00', 'fired'],
    ['2026-10-10T09:00:00-04:00', 'resolved'],
    ['2026-10-10T09:20:00-04:00', 'reopened'],
    ['2026-11-01T11:00:00-05:00', 'acked'],
    ['2026-11-01T12:00:00-05:00', 'resolved'],
  ),
  alert(
    ...(['A-9009', 2, 'reviews/availability'] as const),
    ['2026-10-20T12:00:00-04:00', 'fired'],
    ['2026-10-21T12:00:00-04:00', 'withdrawn'],
  ),
  alert(
    ...(['A-9010', 1, 'change-address/availability'] as const),
    ['2026-10-22T13:46:00-04:00', 'fired'],
    ['2026-10-22T16:00:00-04:00', 'resolved'],
  ),
]

import { z } from 'zod'
import { printable } from '../terminal/printable.ts'
import { trackerViews } from '../terminal/tracker-lines.ts'

const text = z.string().transform(printable)
const count = z.number()
const share = z.object({ numerator: count, denominator: count })
const burnt = z.array(z.object({ objective: text, budgetPpm: count }))

const restatement = z.object({
  figure: text,
  was: z.union([count, share]),
  is: z.union([count, share]),
  because: z.array(
    z.object({
      fix: text,
      title: text,
      type: text,
      recordedAt: text,
      tookEffect: text.optional(),
      reason: text.optional(),
      incident: text.optional(),
    }),
  ),
})

const spread = z.object({
  count,
  medianMs: count.optional(),
  p90Ms: count.optional(),
  unknown: count,
  moved: z.boolean(),
})

/** What the API answers about a month of fixes, as far as it is shown. */
export const statisticsAnswer = z.object({
  trackers: trackerViews,
  month: text,
  fixes: z.object({
    asOf: text,
    onTime: z.object({ share, accepted: count, notYetDue: count, targetPpm: count, provisionalUntil: text.optional() }),
    flow: z.object({
      openAtStart: count,
      created: count,
      returned: count,
      done: count,
      dropped: count,
      openAtEnd: count,
    }),
    stock: share,
    clearance: share,
    cohorts: z.array(
      z.object({
        month: text,
        created: count,
        within: z.array(z.object({ days: count, share, matured: z.boolean() })),
      }),
    ),
    ageing: z.object({ overdue: count, overdueDays: count, oldestDays: count.optional() }),
    postponed: z.object({ moves: count, fixes: count }),
  }),
  byPresentDate: share,
  restatements: z.array(restatement),
  estimates: z.array(z.object({ month: text, within: z.array(z.object({ days: count, donePpm: count })) })),
  netFlow: z.array(z.object({ month: text, net: count })),
  daysToClear: count.optional(),
  ageing: z.object({ medianDays: count.optional(), p90Days: count.optional() }),
  waiting: z.object({ blocked: count, withoutOwner: count, withoutDate: count }),
  debt: z.object({
    goals: z.object({ detectMs: count, mitigateMs: count }),
    exposed: burnt,
    repeats: z.array(z.object({ incident: text, fix: text, openSince: text })),
    virtual: z.array(z.object({ incident: text, reasons: z.array(text) })),
    worth: z.array(z.object({ fix: text, title: text, burnt, incidents: z.array(text), repeats: count })),
  }),
  watched: z.array(
    z.object({ key: text, title: text, doneAt: text, verdict: text, days: count, incidents: z.array(text) }),
  ),
  response: z.object({
    incidents: count,
    drills: count,
    open: count,
    detectedByUs: share,
    measures: z.record(z.string(), spread),
  }),
})

export type ShownStatistics = z.output<typeof statisticsAnswer>

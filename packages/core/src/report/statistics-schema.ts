import { z } from 'zod'
import { FIX_EVENTS, FLOW_FIGURES, RESTATED_SHARES, VIRTUAL_REASONS, WATCH_VERDICTS } from '../fix/index.ts'
import { RESPONSE_MEASURES } from '../incident/index.ts'
import { count, date, instant, level, month, share, text, texts } from './shapes.ts'

const age = { fromDays: count, toDays: count.exactOptional() }

export const ageBucket = z.object({ ...age, open: count, overdue: count })

const burnt = z.array(z.object({ objective: text, budgetPpm: count }))

const because = z.array(
  z.object({
    fix: text,
    title: text,
    type: z.literal(FIX_EVENTS),
    recordedAt: instant,
    tookEffect: instant.exactOptional(),
    reason: text.exactOptional(),
    incident: text.exactOptional(),
  }),
)

const restatement = z.union([
  z.object({ figure: z.literal(RESTATED_SHARES), was: share, is: share, because }),
  z.object({ figure: z.literal(FLOW_FIGURES), was: count, is: count, because }),
])

const debt = z.object({
  goals: z.object({ detectMs: z.int().positive(), mitigateMs: z.int().positive() }),
  exposed: burnt,
  repeats: z.array(z.object({ incident: text, fix: text, openSince: date })),
  virtual: z.array(z.object({ incident: text, reasons: z.array(z.literal(VIRTUAL_REASONS)) })),
  worth: z.array(z.object({ fix: text, title: text, burnt, incidents: texts, repeats: count })),
})

const measure = z.object({
  count,
  medianMs: count.exactOptional(),
  p90Ms: count.exactOptional(),
  list: z.array(z.object({ key: text, ms: count })).exactOptional(),
  unknown: count,
  moved: z.boolean(),
})

const response = z.object({
  incidents: count,
  drills: count,
  open: count,
  detectedByUs: share,
  measures: z.record(z.literal(RESPONSE_MEASURES), measure),
})

/** What a month says of its fixes beside the figures that every month has, and of how its incidents were answered. */
export const statistics = z.object({
  byPresentDate: share,
  rates: z.array(z.object({ month, onTime: share, stock: share })).exactOptional(),
  restatements: z.array(restatement),
  estimates: z.array(
    z.object({ month, within: z.array(z.object({ days: count, donePpm: z.int().min(0).max(1_000_000) })) }),
  ),
  netFlow: z.array(z.object({ month, net: z.int() })),
  daysToClear: count.exactOptional(),
  ageing: z.object({
    medianDays: count.exactOptional(),
    p90Days: count.exactOptional(),
    atStart: z.array(ageBucket).exactOptional(),
    bySeverity: z.array(z.object({ level: level.exactOptional(), buckets: z.array(ageBucket) })),
    weights: z.array(z.object({ ...age, burnt })),
  }),
  waiting: z.object({ blocked: count, withoutOwner: count, withoutDate: count }),
  debt,
  watched: z.array(
    z.object({
      key: text,
      title: text,
      doneAt: instant,
      verdict: z.literal(WATCH_VERDICTS),
      days: count,
      incidents: texts,
    }),
  ),
  response,
})

import { z } from 'zod'
import { trackerViews } from '../terminal/tracker-lines.ts'

/** Answers about journeys and alerts, as far as the commands show them. Loose: a newer collector may say more. */
const title = z.object({ en: z.string(), ja: z.string() })

const state = z.enum(['healthy', 'watch', 'risk', 'spent', 'unjudged'])

/** What a ruler says beside the books: estimates. */
const ruler = z.object({
  engine: z.string(),
  bad: z.number().optional(),
  valid: z.number().optional(),
  leftPpm: z.number().optional(),
  state,
  windows: z.array(z.object({ ms: z.number(), burnMilli: z.number() })),
  alerts: z.array(z.object({ rule: z.string(), level: z.number(), state: z.string() })),
})

const objective = z.object({
  id: z.string(),
  name: z.string(),
  targetPpm: z.number(),
  window: z.object({ kind: z.string(), ms: z.number().optional() }),
  period: z.object({ from: z.string(), to: z.string() }).optional(),
  estimate: z.boolean().optional(),
  budgeting: z.object({ method: z.string(), sliceMs: z.number() }).optional(),
  noData: z.object({ seconds: z.number(), countedAs: z.string() }).optional(),
  bad: z.number(),
  valid: z.number(),
  leftPpm: z.number().optional(),
  state,
  burning: z.boolean(),
  fresh: z.boolean(),
  raw: z.object({ bad: z.number(), valid: z.number() }).optional(),
  targetChanged: z.object({ at: z.string(), fromPpm: z.number() }).optional(),
  pairs: z.array(z.object({ pair: z.object({ longMs: z.number() }), longBurnMilli: z.number() })),
  alerts: z.array(z.string()),
  taken: z.array(z.object({ alert: z.string(), by: z.string().optional(), until: z.string() })).optional(),
  ruler: ruler.optional(),
})

const composite = z.object({
  name: z.string(),
  members: z.array(z.string()),
  worst: z.string(),
  state,
  leftPpm: z.number().optional(),
  burning: z.array(z.string()),
  unknown: z.array(z.string()),
})
export type ShownComposite = z.output<typeof composite>

export const overviewAnswer = z.object({
  at: z.string(),
  timeZone: z.string(),
  sample: z.boolean(),
  trackers: trackerViews,
  doubts: z.object({ count: z.number(), estimate: z.number() }).optional(),
  refused: z.array(z.object({ service: z.string(), result: z.string(), points: z.number() })).optional(),
  silenced: z
    .array(
      z.object({
        alert: z.string(),
        rule: z.string(),
        by: z.string(),
        reason: z.string(),
        until: z.string().optional(),
      }),
    )
    .optional(),
  journeys: z.array(
    z.object({
      name: z.string(),
      title,
      tier: z.number(),
      objectives: z.array(objective),
      composites: z.array(composite).optional(),
    }),
  ),
})

export type ShownOverview = z.output<typeof overviewAnswer>
export type ShownObjective = z.output<typeof objective>

const work = z.object({
  service: z.string(),
  step: z.string(),
  counts: z.array(z.number()),
  bad: z.number(),
  valid: z.number(),
})

export const workAnswer = z.object({
  journey: z.string(),
  at: z.string(),
  window: z.object({ from: z.string() }),
  own: z.array(work),
  dependencies: z.array(work),
  worst: z.array(z.object({ service: z.string(), step: z.string() })),
})

const episode = z.object({
  id: z.string(),
  rule: z.string(),
  level: z.number(),
  episode: z.object({
    state: z.string(),
    startedAt: z.number(),
    resolvedAt: z.number().optional(),
    unreadSince: z.number().optional(),
    reopenings: z.number().optional(),
    raisedTo: z.string().optional(),
    ack: z
      .object({ by: z.string().optional(), via: z.string(), until: z.number(), note: z.string().optional() })
      .optional(),
  }),
  facts: z.object({
    journey: z.object({ name: z.string(), title }),
    /** Absent for a simple rule. */
    objective: z.object({ name: z.string() }).optional(),
    cause: z.object({ kind: z.string(), step: z.string().optional(), name: z.string().optional() }),
    note: z.string().optional(),
    runbook: z.string().optional(),
    timeZone: z.string(),
    drill: z.string().optional(),
  }),
})

export const alertList = z.object({ alerts: z.array(episode) })

const verdict = z.object({
  gate: z.string(),
  verdict: z.string(),
  until: z.number().optional(),
  by: z
    .object({
      kind: z.string(),
      id: z.string().optional(),
      rule: z.string().optional(),
      key: z.string().optional(),
      owner: z.string().optional(),
      reason: z.string().optional(),
    })
    .optional(),
})

const decision = z.object({
  at: z.number(),
  outcome: z.string(),
  verdicts: z.array(verdict),
  reason: z.string().optional(),
})

export const alertAnswer = episode.extend({
  timeline: z.array(
    z.object({
      at: z.number(),
      transition: z.string(),
      detail: z
        .object({
          by: z.string().optional(),
          via: z.string().optional(),
          note: z.string().optional(),
          until: z.number().optional(),
          other: z.string().optional(),
        })
        .optional(),
    }),
  ),
  next: z.array(z.object({ at: z.number(), kind: z.string(), to: z.array(z.string()).optional() })).default([]),
  toldBy: z.string().optional(),
  receivers: z.array(z.string()),
  notifications: z.array(
    z.object({
      receiver: z.string(),
      kind: z.string(),
      state: z.string(),
      createdAt: z.number(),
      letGoAt: z.number().optional(),
      notBefore: z.number(),
      ambiguous: z.boolean(),
      verdicts: z.array(verdict),
      lastError: z.string().optional(),
      insteadOf: z.string().optional(),
      decisions: z.array(decision).default([]),
      tries: z.array(z.object({ startedAt: z.number(), result: z.string(), message: z.string().optional() })),
    }),
  ),
})

export type ShownAlert = z.output<typeof episode>
export type ShownAlertDetail = z.output<typeof alertAnswer>

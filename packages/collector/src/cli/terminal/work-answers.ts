import { z } from 'zod'
import { printable } from './printable.ts'
import { trackerViews } from './tracker-lines.ts'

/** Text of others, made harmless where it comes in: whatever is read with these schemas may go to a terminal. */
const text = z.string().transform(printable)
const optional = text.optional()

const cause = z.object({ id: text, text, bone: text, fix: optional, under: optional })

const postmortem = z.object({ state: text, since: text, owner: optional, file: optional, noFix: optional })

const incident = z.object({
  key: text,
  title: text,
  level: z.number().optional(),
  journeys: z.array(text),
  episodes: z.array(text),
  drill: z.boolean(),
  openedAt: text,
  impactStartedAt: optional,
  detectedAt: optional,
  mitigatedAt: optional,
  resolvedAt: optional,
  mergedInto: optional,
  absorbed: z.array(text).optional(),
  status: optional,
  times: z.record(z.string(), z.object({ at: text, origin: text, stated: z.boolean().optional() })).optional(),
  roles: z.record(z.string(), z.object({ name: text, since: text })).optional(),
  causes: z.array(cause).optional(),
  postmortem: postmortem.optional(),
})

const fix = z.object({
  key: text,
  title: text,
  kind: text,
  state: text,
  incident: optional,
  journey: optional,
  cause: optional,
  owner: optional,
  created: text,
  firstDue: text,
  due: text,
  postponements: z.number(),
  overdueDays: z.number(),
  doneAt: optional,
  since: optional,
  dueIsDefault: z.literal(true).optional(),
  blocked: z.object({ since: text, reason: optional }).optional(),
  ticket: z.object({ tracker: text, id: text, url: text, gone: z.literal(true).optional() }).optional(),
  splitFrom: optional,
  mergedInto: optional,
  acceptance: z.object({ approver: text, reason: text, until: text }).optional(),
})

const recorded = { type: text, at: text, by: optional, reason: optional }

const entry = z.object({
  ...recorded,
  title: optional,
  level: z.number().optional(),
  journeys: z.array(text).optional(),
  episodes: z.array(text).optional(),
  moment: optional,
  item: optional,
  via: optional,
  text: optional,
  due: optional,
  value: optional,
  origin: optional,
  status: optional,
  note: optional,
  role: optional,
  name: optional,
  from: optional,
  into: optional,
  causes: z.array(cause).optional(),
  state: optional,
  file: optional,
  helped: optional,
  runbook: optional,
  cause: optional,
  step: optional,
})

const transition = z.object({
  ...recorded,
  state: text,
  due: optional,
  approver: optional,
  until: optional,
  recordedAt: optional,
  owner: optional,
  title: optional,
  kind: optional,
  incident: optional,
  journey: optional,
  cause: optional,
  into: optional,
  key: optional,
  since: optional,
  splitFrom: z.object({ key: text }).optional(),
  ticket: z.object({ url: text, gone: z.literal(true).optional() }).optional(),
})

const impact = z.object({
  from: text,
  to: text,
  ended: z.boolean(),
  journeys: z.array(
    z.object({ objective: text, valid: z.number(), bad: z.number(), badPpm: z.number(), budgetPpm: z.number() }),
  ),
  others: z.array(z.object({ journey: text, ok: z.boolean() })).optional(),
})

/** What the API answers about incidents and fixes, as far as it is shown. More keys of a newer collector do no harm. */
export const incidentList = z.object({ incidents: z.array(incident) })
export const incidentDetails = z.object({
  incident,
  timeline: z.array(entry),
  fixes: z.array(fix),
  impact: impact.optional(),
})
export const incidentMerged = incidentDetails.extend({
  left: z.object({ incident: text, postmortem }).optional(),
})
export const fixList = z.object({ fixes: z.array(fix), trackers: trackerViews })
export const fixDetails = z.object({ fix, transitions: z.array(transition) })

export type ShownIncident = z.output<typeof incident>
export type ShownImpact = z.output<typeof impact>
export type ShownEntry = z.output<typeof entry>
export type ShownIncidentDetails = z.output<typeof incidentDetails>
export type ShownFix = z.output<typeof fix>
export type ShownTransition = z.output<typeof transition>
export type ShownFixDetails = z.output<typeof fixDetails>

import { FIX_STATES } from '@tabiji/core/fix'
import { MOMENTS } from '@tabiji/core/incident'
import { z } from 'zod'

/** A name, a key or a short remark. */
export const word = z.string().trim().min(1).max(200)
/** Text whose length core judges; it is bounded by the body. Left out, it is empty, and core says what is missing. */
export const text = z.string().default('')
export const words = z.array(word).max(50)
const level = z.literal([1, 2, 3])

/** `by` counts only when nobody signed in: a token's name says better who records. */
export const scribe = { by: word.max(100).exactOptional() }

/** What may be said about an incident, by what is said. Strict: an unknown key is a mistake that nobody would see. */
export const INCIDENT_REQUEST = {
  open: z.strictObject({
    ...scribe,
    title: text,
    level: level.exactOptional(),
    journeys: words.default([]),
    episodes: words.default([]),
    drill: z.boolean().default(false),
  }),
  edit: z.strictObject({
    ...scribe,
    title: z.string().exactOptional(),
    level: level.exactOptional(),
    journeys: words.exactOptional(),
    episodes: words.exactOptional(),
  }),
  time: z.strictObject({ ...scribe, moment: z.enum(MOMENTS), value: word, reason: text }),
  resolve: z.strictObject(scribe),
  reopen: z.strictObject({ ...scribe, reason: text }),
  list: z.strictObject({ state: z.enum(['open', 'resolved', 'all']).default('all') }),
}

/** Where a ticket is to be created. */
const wish = { tracker: word.exactOptional(), place: word.exactOptional() }

/** What may be said about a fix, by what is said. */
export const FIX_REQUEST = {
  add: z.strictObject({
    ...scribe,
    title: text,
    kind: word,
    incident: word.exactOptional(),
    journey: word.exactOptional(),
    cause: word.exactOptional(),
    owner: word.exactOptional(),
    due: word.exactOptional(),
    splitFrom: word.exactOptional(),
  }),
  edit: z.strictObject({
    ...scribe,
    title: z.string().exactOptional(),
    kind: word.exactOptional(),
    incident: word.exactOptional(),
    journey: word.exactOptional(),
    cause: word.exactOptional(),
  }),
  assign: z.strictObject({ ...scribe, owner: word.exactOptional() }),
  merge: z.strictObject({ ...scribe, into: word }),
  done: z.strictObject(scribe),
  ticket: z.strictObject({ ...scribe, ...wish }),
  spot: z.strictObject({ ...wish, journey: word.exactOptional(), incident: word.exactOptional() }),
  follow: z.strictObject({ ...scribe, url: z.url({ protocol: /^https?$/ }).max(2_000), as: word.exactOptional() }),
  move: z.strictObject({ ...scribe, due: word, reason: text }),
  reason: z.strictObject({ ...scribe, reason: text }),
  accept: z.strictObject({ ...scribe, approver: text, reason: text, until: word }),
  list: z.strictObject({
    state: z.enum([...FIX_STATES, 'overdue', 'all']).default('all'),
    journey: word.exactOptional(),
    incident: word.exactOptional(),
  }),
}

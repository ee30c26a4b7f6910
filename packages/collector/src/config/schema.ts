import { DAY } from '@tabiji/core/time'
import { z } from 'zod'
import {
  deskSchema,
  routesSchema,
  teamsSchema,
  timeIntervalsSchema,
  weeklySchema,
  weeklyTimeSchema,
} from './calendar-schema.ts'
import { checklistsSchema } from './checklists.ts'
import { inhibitSchema, maintenanceSchema } from './gates.ts'
import { heartbeatSchema } from './heartbeat.ts'
import { hooksSchema } from './hooks.ts'
import { incidentsSchema } from './incidents.ts'
import { parseBytes } from './notation.ts'
import { postmortemsSchema } from './postmortems.ts'
import { practiceSchema } from './practice.ts'
import { probesSchema } from './probe-schema.ts'
import { receiverSchema } from './receiver-schema.ts'
import { runbooksSchema } from './runbooks.ts'
import {
  access,
  address,
  between,
  name,
  patience,
  pause,
  read,
  text,
  tlsSchema,
  twins,
  wholeSeconds,
} from './schema-parts.ts'
import { signInSchema } from './sign-in.ts'
import { trackersSchema } from './trackers.ts'
import { unansweredSchema } from './unanswered.ts'

/** The present month and the one before it: those are still asked for in full. */
const LEAST_KEPT_MS = 62 * DAY

const keep = read(
  between(LEAST_KEPT_MS, 3_660 * DAY),
  'a duration from `62d` (this month and the last one) to `3660d`, such as `460d`',
)
const pace = { interval: pause.exactOptional(), timeout: patience.exactOptional() }

export const targetSchema = z.strictObject({ service: name, url: address, ...pace, ...access })

const label = z.string().regex(/^[A-Za-z_][A-Za-z0-9_]{0,127}$/, { error: 'the name of a label, such as `job`' })

export const engineSchema = z.strictObject({
  name,
  url: address,
  services: z
    .array(name)
    .min(1, { error: 'a list with at least one service' })
    .max(1000, { error: 'a list of at most 1000 services' })
    .exactOptional(),
  serviceLabel: label.exactOptional(),
  match: z.record(label, text).exactOptional(),
  interval: pause.exactOptional(),
  delay: patience.exactOptional(),
  timeout: patience.exactOptional(),
  tenant: z
    .string()
    .regex(/^[A-Za-z0-9!\-_.*'()|]{1,150}$/, { error: 'the id of a tenant, such as `team-a`' })
    .exactOptional(),
  tls: tlsSchema.exactOptional(),
  username: text.exactOptional(),
  ...twins('token'),
  ...twins('password'),
})

export const rulerSchema = engineSchema.omit({
  name: true,
  services: true,
  serviceLabel: true,
  match: true,
  delay: true,
})

export const scrapeSchema = z.strictObject(pace)

export const discoverySchema = z.strictObject({
  name,
  files: z.array(text).min(1, { error: 'a list with at least one file' }).max(100).exactOptional(),
  http: z.strictObject({ url: address, timeout: patience.exactOptional(), ...access }).exactOptional(),
  refresh: pause.exactOptional(),
  label: label.exactOptional(),
  service: name.exactOptional(),
  ...pace,
  ...access,
})

export const slotsSchema = z
  .array(z.strictObject({ width: wholeSeconds, from: wholeSeconds.exactOptional() }))
  .min(1, { error: 'a list with at least one width' })
  .max(8, { error: 'a list of at most 8 widths' })

const host = z.string().regex(/^[A-Za-z0-9.:_-]{1,253}$/, { error: 'a host name or an IP address' })
const port = z.int().min(0).max(65_535)

export const apiTokenSchema = z.strictObject({ name, may: z.literal(['read', 'write']), ...twins('token') })
export const ingestTokenSchema = z.strictObject({ service: name, ...twins('token') })

export const apiSchema = z.strictObject({
  host: host.exactOptional(),
  port: port.exactOptional(),
  tokens: z.array(apiTokenSchema).exactOptional(),
  signIn: signInSchema.exactOptional(),
})

export const ingestSchema = z.strictObject({
  host: host.exactOptional(),
  port: port.exactOptional(),
  tokens: z.array(ingestTokenSchema).exactOptional(),
})

export const hookDoorSchema = z.strictObject({ host: host.exactOptional(), port: port.exactOptional() })

const bytes = z.union([z.int().transform(String), z.string()], { error: 'a size such as `4MiB`' }).pipe(
  read((given) => {
    const size = parseBytes(given)
    return size !== undefined && size >= 1024 && size <= 64 * 1024 ** 2 ? size : undefined
  }, 'a size from `1KiB` to `64MiB`'),
)

export const openSloSchema = z.strictObject({
  files: z
    .array(text)
    .min(1, { error: 'a list with at least one file' })
    .max(1000, { error: 'a list of at most 1000 files' }),
  engine: text,
  interval: wholeSeconds.exactOptional(),
  delay: patience.exactOptional(),
})

/** The configuration file. Secrets are named, never written, in it. */
export const configSchema = z.strictObject({
  journeys: text,
  store: text,
  language: z.literal(['en', 'ja']).exactOptional(),
  publicUrl: address.exactOptional(),
  scrape: scrapeSchema.exactOptional(),
  targets: z.array(targetSchema).max(1000, { error: 'a list of at most 1000 targets' }).exactOptional(),
  discovery: z.array(discoverySchema).max(20, { error: 'a list of at most 20 places' }).exactOptional(),
  engines: z.array(engineSchema).max(20, { error: 'a list of at most 20 engines' }).exactOptional(),
  engine: z
    .literal('prometheus', { error: '`prometheus`, or absent: this collector evaluates by itself' })
    .exactOptional(),
  ruler: rulerSchema.exactOptional(),
  ledger: z
    .strictObject({
      slots: slotsSchema.exactOptional(),
      keep: keep.exactOptional(),
      clockSkew: patience.exactOptional(),
    })
    .exactOptional(),
  evaluation: z.strictObject({ interval: pause.exactOptional(), grace: patience.exactOptional() }).exactOptional(),
  listen: z
    .strictObject({
      api: apiSchema.exactOptional(),
      ingest: ingestSchema.exactOptional(),
      hooks: hookDoorSchema.exactOptional(),
    })
    .exactOptional(),
  hooks: hooksSchema.exactOptional(),
  otlp: z
    .strictObject({
      services: z.array(name).max(1000, { error: 'a list of at most 1000 services' }).exactOptional(),
      interval: pause.exactOptional(),
    })
    .exactOptional(),
  metrics: z
    .strictObject({
      journeys: z.boolean().exactOptional(),
      sloth: z.boolean().exactOptional(),
      pyrra: z.boolean().exactOptional(),
    })
    .exactOptional(),
  openslo: openSloSchema.exactOptional(),
  limits: z
    .strictObject({ body: bytes.exactOptional(), series: z.int().min(1).max(10_000_000).exactOptional() })
    .exactOptional(),
  probes: probesSchema.exactOptional(),
  receivers: z.array(receiverSchema).max(100, { error: 'a list of at most 100 receivers' }).exactOptional(),
  routes: routesSchema.exactOptional(),
  fallback: z.string().exactOptional(),
  heartbeat: heartbeatSchema.exactOptional(),
  runbooks: runbooksSchema.exactOptional(),
  ...unansweredSchema,
  ...deskSchema,
  timeIntervals: timeIntervalsSchema.exactOptional(),
  teams: teamsSchema.exactOptional(),
  checklists: checklistsSchema.exactOptional(),
  incidents: incidentsSchema.exactOptional(),
  postmortems: postmortemsSchema.exactOptional(),
  practice: practiceSchema.exactOptional(),
  trackers: trackersSchema.exactOptional(),
  inhibit: inhibitSchema.exactOptional(),
  maintenance: maintenanceSchema.exactOptional(),
  weekly: weeklySchema.exactOptional(),
  selfTest: weeklyTimeSchema.exactOptional(),
})

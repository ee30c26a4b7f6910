import type { Inhibition, MaintenanceRequest, RateBudget } from '@tabiji/core/alert'
import type { ResponseGoals } from '@tabiji/core/fix'
import type { UpdateEvery } from '@tabiji/core/incident'
import type { Level } from '@tabiji/core/journey'
import type { Grid } from '@tabiji/core/ledger'
import type { PostmortemWithin } from '@tabiji/core/postmortem'
import type { ProbePlan } from '@tabiji/core/probe'
import type { Path } from '@tabiji/core/problem'
import type { Closing, Desk, WeeklyTime } from '@tabiji/core/time'
import type { Access, Trust } from '../wire/access.ts'
import type { Checklists } from './checklists.ts'
import type { PracticePlan } from './practice.ts'
import type { TrackerPlace } from './tracker-place.ts'

/**
 * A secret that was read from a file or the environment. A function, so that nothing can print or store it by accident,
 * and because the file may change: it is called at every use.
 */
export type Secret = () => string

/** Incidents that alerts open. */
export type OpeningRules = { readonly openOn: 'page' | 'never'; readonly joinWithinMs: number }

/** A service's `/metrics` address. */
export type Target = {
  readonly service: string
  readonly url: string
  readonly intervalMs: number
  readonly timeoutMs: number
} & Access

/** A place at which targets are listed, in files or at an address, and how those are read. */
export type DiscoveryPlace = {
  readonly name: string
  readonly from: { readonly files: readonly string[] } | ({ readonly url: string; readonly timeoutMs: number } & Access)
  readonly refreshMs: number
  /** The label that names the service of a target, and the service where it is not there. */
  readonly label: string
  readonly service?: string
  readonly targets: { readonly intervalMs: number; readonly timeoutMs: number } & Access
}

/** A Prometheus-compatible engine that scrapes services of ours already. */
export type EnginePlace = {
  readonly name: string
  /** What stands before `/api/v1`. */
  readonly url: string
  /** Values of the label `serviceLabel` that are services of ours; none when it is asked for indicators only. */
  readonly services: readonly string[]
  readonly serviceLabel: string
  /** Further labels, and the values that they must have. */
  readonly match: Readonly<Record<string, string>>
  readonly intervalMs: number
  /** How old samples must be until all of a moment have arrived. */
  readonly delayMs: number
  readonly timeoutMs: number
  /** Sent as `X-Scope-OrgID`. */
  readonly tenant?: string
} & Access

/** A Prometheus-compatible engine that evaluates the rules of `tabiji rules`. */
export type RulerPlace = Pick<EnginePlace, 'url' | 'intervalMs' | 'timeoutMs' | 'tenant' | 'token' | 'basic'>

/** How an engine is reached, and as whom. */
export type EngineReach = Pick<EnginePlace, 'url' | 'timeoutMs' | 'tenant' | 'token' | 'basic' | 'trust'>

/** Where one door listens. Another address than loopback is refused without tokens. */
type Listener<Token> = { readonly host: string; readonly port: number; readonly tokens: readonly Token[] }

export type ApiToken = { readonly name: string; readonly token: Secret; readonly may: 'read' | 'write' }

/** A header in which a proxy says who looks at a page: its name in lower case, and the addresses or networks that are believed. */
type SignInHeader = {
  readonly header: string
  readonly from: readonly string[]
  readonly may: 'read' | 'write'
}

/** A service may speak for itself only. */
export type IngestToken = { readonly service: string; readonly token: Secret }

/** OpenSLO, Sloth and Pyrra files, and the engine that is asked for their indicators. */
export type OpenSloFiles = {
  /** Absolute. */
  readonly files: readonly string[]
  readonly engine: EngineReach
  readonly intervalMs: number
  /** How long samples take to be there. */
  readonly delayMs: number
}

/** A way to people. The address of a webhook is a secret: whoever has it may post. */
export type Receiver = (
  | { readonly name: string; readonly kind: 'webhook'; readonly url: Secret; readonly secret: Secret }
  | { readonly name: string; readonly kind: 'slack'; readonly url: Secret }
  | { readonly name: string; readonly kind: 'slack-workflow'; readonly url: Secret }
  /** `url`: where Slack's methods are, without a slash at the end. */
  | {
      readonly name: string
      readonly kind: 'slack-bot'
      readonly token: Secret
      readonly channel: string
      readonly url: string
    }
  /** `changes`: it is told what was changed as well. */
  | {
      readonly name: string
      readonly kind: 'pagerduty'
      readonly routingKey: Secret
      readonly url: string
      readonly changes?: true
    }
  /** Every member of a cluster. */
  | ({ readonly name: string; readonly kind: 'alertmanager'; readonly urls: readonly string[] } & Access)
  | {
      readonly name: string
      readonly kind: 'email'
      readonly server: MailPlace
      readonly from: string
      /** Addresses without names. */
      readonly to: readonly string[]
    }
) & {
  /** How many notices and reminders it is sent at most; absent: as many as there are. */
  readonly limit?: RateBudget
}

/** A server that takes mail. */
export type MailPlace = {
  readonly host: string
  readonly port: number
  /** TLS from the first byte; otherwise by STARTTLS. */
  readonly isTls: boolean
  readonly login?: { readonly username: string; readonly password: Secret }
  readonly trust?: Trust
}

/** A desk as it stands in the zone of the journeys file, unless the configuration names a zone for it. */
export type DeskIn = (zone: string) => Desk

/** Who owns journeys, when they are at work, and who is told in their place. */
export type Team = {
  readonly name: string
  readonly desk: DeskIn
  /** Receivers of a level; absent: everybody's. */
  readonly routes: Readonly<Partial<Record<Level, readonly string[]>>>
}

/** A calendar file, with where it is named. */
export type CalendarFile = { readonly name: string; readonly path: Path; readonly closingIn: (zone: string) => Closing }

export type Calendar = {
  /** The desk of everybody who has none of their own. */
  readonly desk: DeskIn
  /** By name. */
  readonly teams: ReadonlyMap<string, Team>
  readonly files: readonly CalendarFile[]
  /** When a week of level 3 is looked back on; absent: never. */
  readonly weekly?: WeeklyTime
  /** When the receivers of pages are tested each week; absent: never. */
  readonly selfTest?: WeeklyTime
}

/** Journeys that the collector makes itself, from outside. */
export type Probes = {
  /** Signs their requests; services that have the same key count them apart. */
  readonly key?: Secret
  /** Addresses of which one at least answers while the network here is up. */
  readonly references: readonly string[]
  readonly plans: readonly ProbePlan[]
}

/** How long an alert is taken, and what happens to a page that nobody takes. */
export type Unanswered = {
  /** Without a time for tickets: until the desk opens on the next business day. */
  readonly acknowledge: { readonly pageMs: number; readonly ticketMs?: number }
  /** Names of receivers, ascending by time since nobody has had it. */
  readonly escalation: readonly { readonly afterMs: number; readonly to: readonly string[] }[]
  readonly reminders: { readonly everyMs: number; readonly atMost: number }
  /** After how many business days an open level 2 is proposed as a ticket. */
  readonly ticketAfterDays: number
}

/** Which service a repository is deployed as. */
type Repository = {
  readonly service: string
  /** Journeys that a deployment may touch; empty: those that the service feeds. */
  readonly journeys: readonly string[]
  /** Environments whose deployments users see; empty: all. */
  readonly environments: readonly string[]
}

/** What other systems may tell, and how each proves who it is. */
export type Hooks = {
  /** Repositories by `owner/name` in lower case. */
  readonly github?: { readonly secret: Secret; readonly repositories: ReadonlyMap<string, Repository> }
  /** Alerts that a Prometheus evaluates. */
  readonly alertmanager?: {
    readonly token: Secret
    /** The level of each value of the label `severity`. */
    readonly severities: Readonly<Record<string, Level>>
    /** The journey of alerts that name none, or one that is not in the file. */
    readonly catchAll?: string
    /** How often an alert is told again while it fires. */
    readonly repeatMs: number
  }
  /** What people do in PagerDuty. One key or several. */
  readonly pagerduty?: { readonly secret: Secret }
  /** Buttons that people press in Slack. */
  readonly slack?: { readonly signingSecret: Secret }
}

/** Postmortems: within how many business days after the resolution, and in which folder of the repository they are written. */
export type PostmortemPolicy = { readonly within: PostmortemWithin; readonly folder?: string }

/** Somebody outside who is told that all is well, and misses us when they hear nothing. */
export type Heartbeat = { readonly url: Secret; readonly intervalMs: number }
/** Work that is announced in the configuration. */
export type StatedMaintenance = MaintenanceRequest & { readonly name: string }

/** A configuration that has been read and checked. Durations are milliseconds, paths absolute. */
export type Config = {
  /** The file that it was read from. */
  readonly file: string
  readonly journeysFile: string
  readonly storeFile: string
  /** The language of chat messages. */
  readonly language: 'en' | 'ja'
  /** Address at which people reach the API; links in messages begin with it. */
  readonly publicUrl?: string
  readonly targets: readonly Target[]
  readonly discovery: readonly DiscoveryPlace[]
  readonly engines: readonly EnginePlace[]
  /** Whose results stand beside the books, and who tells of alerts then. */
  readonly ruler?: RulerPlace
  readonly ledger: {
    readonly grid: Grid
    readonly clockSkewMs: number
    /** How long entries are kept; absent: for ever. */
    readonly keepMs?: number
  }
  readonly evaluation: { readonly intervalMs: number; readonly graceMs: number }
  readonly listen: {
    readonly api: Listener<ApiToken> & { readonly signIn?: SignInHeader }
    readonly ingest: Listener<IngestToken>
    /** Where other systems tell what they know; absent: nowhere. */
    readonly hooks?: Omit<Listener<never>, 'tokens'>
  }
  readonly hooks: Hooks
  /** Which alerts open incidents by themselves, and how near in time one joins an incident of other journeys. */
  readonly incidents: OpeningRules
  /** How soon they should be seen and over. */
  readonly goals: ResponseGoals
  /** Where runbooks are kept as Markdown: what their addresses begin with, the folder, absolute, and how long a review lasts. */
  readonly runbooks: readonly {
    readonly address: string
    readonly folder: string
    readonly reviewWithinDays: number
  }[]
  /** Services that push, and after how long at most each process pushes again. */
  readonly otlp: { readonly services: readonly string[]; readonly intervalMs: number }
  /** Which series `/metrics` has beside those of the daemon itself: of journeys, and the same as other tools name them. */
  readonly metrics: { readonly journeys: boolean; readonly sloth: boolean; readonly pyrra: boolean }
  readonly openslo?: OpenSloFiles
  readonly limits: { readonly maxBytes: number; readonly maxSeries: number }
  readonly probes: Probes
  readonly receivers: readonly Receiver[]
  /** Names of the receivers of each level. */
  readonly routes: Readonly<Record<Level, readonly string[]>>
  /** The receiver that is told when another one refuses a message for good. */
  readonly fallback?: string
  readonly heartbeat?: Heartbeat
  readonly unanswered: Unanswered
  readonly calendar: Calendar
  readonly trackers: readonly TrackerPlace[]
  /** What to do first, by level, as the files are now. */
  readonly checklists: () => Checklists
  readonly postmortems: PostmortemPolicy
  /** Who answers pages, how often journeys are practised, and what a new member does. */
  readonly practice: PracticePlan
  /** After how long the next update about an incident is due, milliseconds by level; absent: none is expected. */
  readonly updateEvery: UpdateEvery
  /** Which open alert keeps which other ones waiting. */
  readonly inhibitions: readonly Inhibition[]
  readonly maintenance: readonly StatedMaintenance[]
}

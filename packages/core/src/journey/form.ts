import type { Clock, NoData } from './definition.ts'

/**
 * The document as TypeScript writes it; the same keys as in YAML, described in `document.ts`. Values are as wide as
 * TypeScript reads them from an imported JSON file (`number`, not `1 | 2 | 3`): the schema checks them when the service
 * starts, and the known ones are still offered while typing.
 */
export type JourneysDocument = {
  /** IANA name: months and dates are cut in it. */
  readonly timeZone: string
  /** Promised times that steps share, by name: `{ read: '300ms' }`. */
  readonly classes?: Readonly<Record<string, string>>
  readonly policy?: PolicyDocument
  /** For all journeys that do not state their own. @default '1h' */
  readonly staleAfter?: StaleDocument
  readonly journeys: Readonly<Record<string, JourneyDocument>>
}

export type JourneyDocument = {
  readonly title?: { readonly en?: string; readonly ja?: string }
  readonly owner?: string
  readonly runbook?: string
  /** @default 2 */
  readonly tier?: Known<1 | 2 | 3, number>
  /** @default '30d' */
  readonly window?: WindowDocument
  readonly policy?: PolicyDocument
  /** By `INDICATOR` or `STEP.INDICATOR`, with `.probe` behind it for what probes saw; a number is the target in percent. */
  readonly objectives?: Readonly<Record<string, number | ObjectiveDocument>>
  /** Objectives of the journey, or JOURNEY/OBJECTIVE, that stand as the worst of them; `all` are those of the journey. */
  readonly composites?: Readonly<Record<string, Known<'all', string> | readonly string[]>>
  readonly alerts?: AlertsDocument
  readonly staleAfter?: StaleDocument
  readonly steps: Readonly<Record<string, StepDocument>>
}

/**
 * By condition, such as `errors > 10 in 5m`; a number is the level. `excluded: false` beneath a journey switches off the rule on
 * the share of excluded events.
 */
export type AlertsDocument = Readonly<Record<string, number | boolean | AlertDocument>>

export type AlertDocument = {
  readonly level: Known<1 | 2 | 3, number>
  /** @default made from the condition */
  readonly name?: string
  readonly note?: string
  readonly runbook?: string
  /** Of how many events a percentage must be. */
  readonly atLeast?: number
}

export type ObjectiveDocument = {
  /** Whose events; only says again what the name says. @default by the name */
  readonly of?: Known<'own' | 'probe', string>
  /** Percent, at most 4 decimals, below 100. */
  readonly target: number
  readonly window?: WindowDocument
  /** @default 'occurrences' */
  readonly budgeting?: Known<'occurrences' | 'timeslices' | 'ratio-timeslices', string>
  /** How long a slice is, such as `1m`; with one of the two methods that count slices. */
  readonly slice?: string
  /** Percent of a slice's events that must be good; with `timeslices` only. */
  readonly sliceTarget?: number
  /** What a slice counts as that nobody read. @default 'ignore' */
  readonly onNoData?: Known<NoData, string>
  readonly policy?: PolicyDocument
}

/** Rolling, the calendar month, or a period of the calendar that is counted from a date: `{ calendar: '1w', from: '2026-01-05' }`. */
type WindowDocument = Known<'30d' | 'month', string> | { readonly calendar: string; readonly from: string }

/**
 * After how long people are told, at level 2 or another one, that nothing could be read of what feeds a journey; `false`: never.
 */
export type StaleDocument = string | boolean | { readonly after: string; readonly level?: Known<1 | 2 | 3, number> }

/** Either `http` or `job`. */
export type StepDocument = {
  readonly http?: string | readonly string[]
  readonly job?: Known<true, boolean>
  /** The name of a class, or a duration. */
  readonly within: string
  /** A class, or a duration, that is counted beside `within` and changes no verdict. @default none */
  readonly candidate?: string
  /** @default 'request' */
  readonly from?: Known<Clock, string>
  readonly good?: readonly number[]
  readonly bad?: readonly number[]
  readonly excluded?: readonly number[]
  readonly alerts?: AlertsDocument
}

export type PolicyDocument = {
  readonly pairs?: readonly PairDocument[]
  readonly milestones?: readonly number[]
  readonly guard?: { readonly badEvents?: number; readonly confidence?: number }
  readonly keep?: string
}

/** Either `factor` or `spends`. */
export type PairDocument = {
  readonly level: Known<1 | 2 | 3, number>
  readonly long: string
  readonly short: string
  readonly factor?: number
  /** Such as `10%`. */
  readonly spends?: string
}

/** Any value of the wide type; editors offer the known ones. */
type Known<Values extends Wide, Wide> = Values | (Wide & Record<never, never>)

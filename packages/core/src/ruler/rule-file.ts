/** Names and values of labels or annotations. */
export type Labels = Readonly<Record<string, string>>

/** A series that the ruler works out at every evaluation. Keys as Prometheus reads them, here and below. */
export type RecordingRule = { readonly record: string; readonly expr: string; readonly labels: Labels }

/** A condition that rings while its expression gives anything. */
export type AlertingRule = {
  readonly alert: string
  readonly expr: string
  /** How long it must hold; absent: not at all. */
  readonly for?: string
  readonly keep_firing_for: string
  readonly labels: Labels
  readonly annotations: Labels
}

/** Rules that are evaluated one after another at the same instant, so that each sees what those before it recorded. */
export type RuleGroup = {
  readonly name: string
  /** Absent: the ruler's own interval. */
  readonly interval?: string
  readonly rules: readonly (RecordingRule | AlertingRule)[]
}

/** A rule file of Prometheus. */
export type RuleFile = { readonly groups: readonly RuleGroup[] }

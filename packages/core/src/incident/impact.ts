/** What an incident cost one objective of a journey in [from, to). Counts are whole numbers, times milliseconds. */
export type JourneyImpact = {
  readonly journey: string
  /** `checkout/availability`. */
  readonly objective: string
  readonly from: number
  readonly to: number
  readonly valid: number
  readonly bad: number
  /** bad ÷ valid in parts per million, rounded down; 0 without valid events. */
  readonly badPpm: number
  /** The share of that objective's whole budget that was burnt in the stretch, parts per million, rounded down. */
  readonly budgetPpm: number
}

/** What an incident cost: every objective of the journeys that it hurt, over the incident's stretch. `ended` once it cannot grow any more. */
export type IncidentImpact = {
  readonly from: number
  readonly to: number
  readonly ended: boolean
  readonly journeys: readonly JourneyImpact[]
  /** The other journeys, and whether each kept all of its promises meanwhile. */
  readonly others?: readonly { readonly journey: string; readonly ok: boolean }[]
}

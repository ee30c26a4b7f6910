import type { BookingNote } from '@tabiji/core/ledger'

/** Why a data point was not taken. The keys are label values of a metric and never change. */
const WHY = {
  not_a_sum: 'a counter must be a monotonic sum',
  temporality: 'the temporality must be cumulative or delta',
  no_value: 'the point has no value',
  not_finite: 'the value is not a finite number',
  negative: 'the value is below zero',
  fractional: 'the value is no whole number',
  overflow: 'the counter is beyond 2^53 - 1',
  attribute: 'the attributes journey, step and outcome must be names, and outcome one of good, slow, error, excluded',
  repeated_series: 'the same counter stands twice in a body, so they cannot be told apart; drop other attributes',
  no_time: 'the point has no time, or one beyond the year 2262',
  no_service: 'the resource has no service.name',
  unknown_service: 'no target, token or otlp.services of the configuration names the service',
  foreign_service: 'the token, or the process, belongs to another service',
  no_instance: 'the resource has no service.instance.id, so processes cannot be told apart',
  two_roads: 'the process is read by another road already; set service.instance.id to its process_id',
  mixed_temporality: 'the process told counts of the other temporality before; both would count twice',
  too_old: 'the interval ended so long ago that nobody can tell whether it is repeated',
  too_far_ahead: 'the interval ends too far ahead of now; look at the clock of the sender',
  before_birth: 'the interval began before the ledger',
} as const

export type Refusal = keyof typeof WHY

/** Notes of the ledger that mean that points were not booked and never will be. */
export function refusalOf(kind: BookingNote['kind']): Refusal | undefined {
  return kind !== 'repeated' && kind in WHY ? (kind as Refusal) : undefined
}

/** What a sender reads of its refused points: how many, and why. */
export function tellRefusals(refused: ReadonlyMap<Refusal, number>): string {
  const told = [...refused].map(([why, points]) => `${points} ${why}: ${WHY[why]}`)
  return told.join('; ')
}

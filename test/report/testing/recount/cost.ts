import type { Sheet } from '../naive-events.ts'
import type { Year } from '../year.ts'
import type { IncidentFacts } from './incident.ts'

const HOUR = 3_600_000
const DAYS_30 = 30 * 24

export type Cost = { readonly bad: number; readonly valid: number; readonly budgetPpm: number }

/**
 * What an incident cost each objective of its journeys: all that happened in the hours that it touched, and what share that is of
 * the budget of the thirty days that end with it.
 *
 * @param targetOf parts per million, by journey and objective
 * @param now milliseconds: until when one is looked at that is not over
 */
export function costOf(
  { journeys: known }: Year,
  { cells }: Sheet,
  { began, mitigated, resolved, journeys }: IncidentFacts,
  targetOf: (journey: string, objective: string) => number,
  now: number,
): ReadonlyMap<string, Cost> {
  const from = Math.floor(began / HOUR)
  const to = Math.max(from + 1, Math.ceil((mitigated ?? resolved ?? now) / HOUR))
  const costs = new Map<string, Cost>()
  for (const journey of journeys) {
    for (const objective of Object.keys(known[journey]?.objectives ?? {})) {
      const count = (since: number) => {
        let [bad, valid] = [0n, 0n]
        for (let hour = since; hour < to; hour++) {
          const [good, slow, error] = cells.get(journey)?.get(hour) ?? [0, 0, 0, 0]
          bad += BigInt(objective === 'latency' ? slow : error)
          valid += BigInt(objective === 'latency' ? good + slow : good + slow + error)
        }
        return { bad, valid }
      }
      const { bad, valid } = count(from)
      const allowed = count(to - DAYS_30).valid * BigInt(1_000_000 - targetOf(journey, objective))
      const share = allowed === 0n ? 0n : (bad * 1_000_000_000_000n) / allowed
      costs.set(`${journey}/${objective}`, {
        ...{ bad: Number(bad), valid: Number(valid), budgetPpm: Number(share) },
      })
    }
  }
  return costs
}

import { isoIn } from '@tabiji/core/time'
import { journeys } from './journeys.ts'

type Moment = { readonly at: string }
export type Times = Readonly<Partial<Record<'impactStarted' | 'detected' | 'mitigated', Moment>>>
export type Impact = {
  readonly journeys: readonly {
    readonly objective: string
    readonly from: string
    readonly to: string
    readonly bad: number
    readonly valid: number
    readonly budgetPpm: number
  }[]
}

/** `2026-10-15 12:00:31` in the zone of the journeys file. */
export function clockText(instant: string): string {
  return isoIn(Date.parse(instant), journeys.timeZone).slice(0, 19).replace('T', ' ')
}

/** From the books: when it hurt, when it was seen, when it was over. */
export function timesLine({ impactStarted, detected, mitigated }: Times): string {
  const told = { 'impact from': impactStarted, 'seen at': detected, 'mitigated at': mitigated }
  return Object.entries(told)
    .map(([what, moment]) => `${what} ${moment === undefined ? 'unknown' : clockText(moment.at).slice(11)}`)
    .join(' · ')
}

/** What each objective lost. */
export function impactLines({ journeys }: Impact): readonly string[] {
  return journeys.map(({ objective, bad, valid, budgetPpm, from, to }) => {
    const stretch = `${clockText(from).slice(11)} to ${clockText(to).slice(11)}`
    return `${objective}: ${bad} of ${valid} failed from ${stretch}, ${Math.floor(budgetPpm / 10_000)} % of its whole budget`
  })
}

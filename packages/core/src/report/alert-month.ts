import { z } from 'zod'
import type { Level } from '../journey/index.ts'
import { count, level, text } from './shapes.ts'

/** What rang at one level. Drills are not among them. */
export type AlertMonth = {
  readonly level: Level
  readonly fired: number
  readonly resolved: number
  readonly stillOpen: number
  /** Of those that fired: taken by somebody, noted on, or part of an incident, and not judged to be noise. Absent: not known to whoever wrote the facts. */
  readonly actedOn?: number
  /** Of those that fired and that nobody acted on: people said that they were noise. */
  readonly judgedNoise?: number
  /** Of those that fired: from 22:00 to 07:00 in the file's zone. */
  readonly atNight?: number
}

/** How many alerts of all rules fired in a month. */
export function firedIn(alerts: readonly AlertMonth[]): number {
  return alerts.reduce((sum, { fired }) => sum + fired, 0)
}

export const alertMonth = z.object({
  level,
  fired: count,
  resolved: count,
  stillOpen: count,
  actedOn: count.exactOptional(),
  judgedNoise: count.exactOptional(),
  atNight: count.exactOptional(),
})

/** Silences of the month with the same reason. */
export type SilenceMonth = {
  readonly reason: string
  readonly silences: number
  /** How long they held in the month, altogether. */
  readonly seconds: number
  /** Alerts that they matched and that were open meanwhile. */
  readonly alerts: number
}

export const silenceMonth = z.object({ reason: text, silences: count, seconds: count, alerts: count })

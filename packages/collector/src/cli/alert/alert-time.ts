import { isoIn } from '@tabiji/core/time'
import { when } from '../terminal/when.ts'

/** A time of an alert (milliseconds) in the zone of its journeys file. */
export function alertTime(at: number, { facts }: { readonly facts: { readonly timeZone: string } }): string {
  return when(isoIn(at, facts.timeZone))
}

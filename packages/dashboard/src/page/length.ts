import { durationText } from '@tabiji/report/page'
import type { Context } from './context.ts'

/** How long something took, as reports write it: whole minutes, begun ones counted. @param ms milliseconds */
export function lengthOf({ shared }: Context, ms: number): string {
  return durationText(shared, ms)
}

/** The same between two instants, milliseconds. */
export function lengthBetween(context: Context, from: number, to: number): string {
  return lengthOf(context, to - from)
}

/** How long ago something was: the minutes that have passed. @param ms milliseconds */
export function agoOf({ shared }: Context, ms: number): string {
  const minutes = Math.floor(ms / 60_000)
  return shared.duration(Math.floor(minutes / 60), minutes % 60)
}

import type { Context } from './context.ts'

/** Whole minutes, cut, as reports write lengths of time. @param ms milliseconds */
export function lengthOf({ shared }: Context, ms: number): string {
  const minutes = Math.floor(ms / 60_000)
  return shared.duration(Math.floor(minutes / 60), minutes % 60)
}

/** The same between two instants, milliseconds. */
export function lengthBetween(context: Context, from: number, to: number): string {
  return lengthOf(context, to - from)
}

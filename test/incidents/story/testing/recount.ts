import { MINUTE } from './shop.ts'

type Row = { readonly slot: string; readonly good: number; readonly slow: number; readonly error: number }

/** Rows of the ledger that begin in a stretch, added up. */
export function addUp(rows: readonly Row[], from: number, to: number) {
  const within = rows.filter(({ slot }) => Date.parse(slot) >= from && Date.parse(slot) < to)
  const bad = within.reduce((sum, { error }) => sum + error, 0)
  return { bad, valid: within.reduce((sum, { good, slow, error }) => sum + good + slow + error, 0) }
}

/** A share as people read it: `41.23 %`, cut after two digits. */
export function percentOf(numerator: number, denominator: number): string {
  const hundredths = Math.floor((numerator * 10_000) / denominator)
  return `${Math.floor(hundredths / 100)}.${String(hundredths % 100).padStart(2, '0')} %`
}

/** Minutes that are over between two instants. */
export const minutesBetween = (from: number, to: number): number => Math.floor((to - from) / MINUTE)

/** `2026-10-15 12:10 +09:00` */
export function minuteOf(at: number): string {
  return `${new Date(at + 9 * 60 * MINUTE).toISOString().slice(0, 16).replace('T', ' ')} +09:00`
}

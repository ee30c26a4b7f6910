const UNITS = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const

export const SECOND = UNITS.s
export const MINUTE = UNITS.m
export const HOUR = UNITS.h
export const DAY = UNITS.d

/**
 * Reads a duration such as `300ms`, `1.5s`, `5m`, `1h`, `30d` or `4w`. A day is 24 hours: calendar lengths live in
 * `calendar.ts`.
 *
 * @returns whole milliseconds above zero, or `undefined` when the text is no such duration.
 */
export function parseDuration(text: string): number | undefined {
  const match = /^(\d+)(?:\.(\d+))?(ms|s|m|h|d|w)$/.exec(text.trim())
  if (match === null) return undefined
  const [, whole = '', decimals = '', unit] = match
  // In whole numbers until the one division: 2.3 × 3600000 in binary fractions is not 8280000.
  const ms = (Number(whole + decimals) * UNITS[unit as keyof typeof UNITS]) / 10 ** decimals.length
  return Number.isSafeInteger(ms) && ms > 0 ? ms : undefined
}

/** A length in the largest of days, hours and minutes of which it is a whole number; else in minutes, rounded. @param ms milliseconds */
export function roundUnits(ms: number): { readonly count: number; readonly unit: 'days' | 'hours' | 'minutes' } {
  if (ms % DAY === 0) return { count: ms / DAY, unit: 'days' }
  return ms % HOUR === 0 ? { count: ms / HOUR, unit: 'hours' } : { count: Math.round(ms / MINUTE), unit: 'minutes' }
}

/** Writes milliseconds in the largest unit that divides them: `3600000` → `1h`, `90000` → `90s`. */
export function formatDuration(ms: number): string {
  for (const unit of ['d', 'h', 'm', 's'] as const) {
    if (ms > 0 && ms % UNITS[unit] === 0) return `${ms / UNITS[unit]}${unit}`
  }
  return `${ms}ms`
}

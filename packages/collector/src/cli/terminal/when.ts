/** `2026-10-20T13:05:00+09:00` as people read it: to the minute, with the offset beside it. */
export function when(instant: string): string {
  return `${instant.slice(0, 10)} ${instant.slice(11, 16)} ${instant.slice(19)}`.trimEnd()
}

/** How long it took from one instant to another: `1 h 55 min`. */
export function lasted(from: string, to: string): string {
  return inMinutes(Date.parse(to) - Date.parse(from))
}

/** A length of time, milliseconds, to the nearest minute: `1 h 55 min`. */
export function inMinutes(ms: number): string {
  const minutes = Math.max(0, Math.round(ms / 60_000))
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}

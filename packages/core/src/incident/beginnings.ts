import type { Incident, Origin, Timed, TimeMark } from './state.ts'

export type DerivedTime = { readonly moment: Timed; readonly value?: number; readonly origin: Origin }

/**
 * What the books and the alerts say of a beginning, but never later than what was known of an incident that was taken in: its
 * first alert may be none of those that are asked, and its first harm may lie behind a stretch that was well.
 */
export function notAfter({ before }: Pick<Incident, 'before'>, derived: DerivedTime): DerivedTime {
  if (before === undefined) return derived
  const { moment, value, origin } = derived
  const own = value === undefined ? undefined : { at: value, origin }
  const { began, noticed } = before
  if (moment === 'detected') return withMark(moment, first(own, noticed), derived)
  if (moment !== 'impactStarted') return derived
  const start = first(own, began)
  return start === undefined ? derived : withMark(moment, first(start, noticed), derived)
}

function withMark(moment: Timed, mark: TimeMark | undefined, derived: DerivedTime): DerivedTime {
  return mark === undefined ? derived : { moment, value: mark.at, origin: mark.origin }
}

function first(a: TimeMark | undefined, b: TimeMark | undefined): TimeMark | undefined {
  if (a === undefined || b === undefined) return a ?? b
  return b.at < a.at ? b : a
}

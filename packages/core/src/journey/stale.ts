import { formatDuration, HOUR } from '../time/index.ts'
import type { SimpleAlert, Stale } from './definition.ts'
import type { StaleDocument } from './form.ts'

/** Where nothing is stated. Why an hour, and why level 2: docs/adr/0042. */
const DEFAULT = { afterMs: HOUR, level: 2 } as const satisfies Stale

const NAME = 'stale'

/** The rule of a journey, which nobody wrote as one. @param stated of the journey, then of the file: the first that is there holds */
export function staleRules(...stated: readonly (Stale | undefined)[]): readonly SimpleAlert[] {
  const stale = stated.find((each) => each !== undefined) ?? DEFAULT
  if (stale === false) return []
  return [{ name: NAME, level: stale.level, condition: { kind: 'absent', forMs: stale.afterMs } }]
}

/** Whether a rule is the one that every journey has unless it says otherwise, and not one that somebody wrote. */
export function isStaleRule({ path, condition }: SimpleAlert): boolean {
  return path === undefined && condition.kind === 'absent'
}

/** What a journey with such rules would state. */
export function stalePartOf(alerts: readonly SimpleAlert[]): { readonly staleAfter?: StaleDocument } {
  const rule = alerts.find(isStaleRule)
  if (rule?.condition.kind !== 'absent') return alerts.some(isOwnAbsence) ? {} : { staleAfter: false }
  const { level, condition } = rule
  if (condition.forMs === DEFAULT.afterMs && level === DEFAULT.level) return {}
  const after = formatDuration(condition.forMs)
  return { staleAfter: level === DEFAULT.level ? after : { after, level } }
}

/** A rule of the journey's own that says the same, and takes the place of the other. */
export function isOwnAbsence({ path, step, condition }: SimpleAlert): boolean {
  return path !== undefined && step === undefined && condition.kind === 'absent'
}

import { type Work, workOn, worstWorks } from '@tabiji/core/budget'
import { edgeAt } from '@tabiji/core/ledger'
import { isoIn } from '@tabiji/core/time'
import type { JourneyWork } from '../../ports/api.ts'
import type { Judge } from './budgets.ts'

/**
 * Which services worked on a journey in the window that ends now, and how that went. Worked out from the nearest saved
 * point, so that asking leaves nothing behind.
 *
 * @returns undefined for a journey that the file does not have
 */
export function journeyWork(judge: Judge, journey: string, windowMs: number, now: number): JourneyWork | undefined {
  const { definition, ledger } = judge
  if (definition.journeys.every(({ name }) => name !== journey)) return undefined
  const from = ledger.pointAt(edgeAt(ledger.grid, windowMs, now))
  const { accounts, total } = ledger.books
  const work = (role: 'own' | 'dependency'): readonly Work[] =>
    workOn(journey, role, accounts, { from: from.rows, to: total.rows }, 'experience')
  const dependencies = work('dependency')
  return {
    at: isoIn(now, definition.timeZone),
    journey,
    window: { ms: windowMs, from: isoIn(from.at * 1000, definition.timeZone) },
    // A service exposes all steps of the file at zero; only those that it takes part in are its own.
    own: work('own').filter(({ counts }) => counts.some((count) => count > 0)),
    dependencies,
    worst: worstWorks(dependencies).map(({ service, step }) => ({ service, step })),
  }
}

import type { Config } from '../config/config.ts'
import type { EpisodeBook } from '../jobs/alert/episode-book.ts'
import type { Judge } from '../jobs/budget/budgets.ts'
import { createImpact } from '../jobs/incident/impact.ts'
import { createIncidentTurns, type IncidentTurns } from '../jobs/incident/incident-opening.ts'
import { createStatistics } from '../jobs/report/statistics.ts'
import type { Impact } from '../ports/impact.ts'
import type { Statistics } from '../ports/statistics.ts'
import type { Work } from '../ports/work.ts'
import type { Stores } from './stores.ts'

/** From alerts to people at work: incidents that open by themselves, their times, and what they cost. */
export type Incidents = { readonly incidents: IncidentTurns; readonly impact: Impact; readonly statistics: Statistics }

type Parts = {
  readonly stores: Stores
  readonly work: Work
  readonly book: EpisodeBook
  readonly judge: () => Judge
  readonly now: () => number
}

export function openIncidents(config: Config, { stores, work, book, judge, now }: Parts): Incidents {
  const impact = createImpact({ store: stores.work, judge, now })
  return {
    incidents: createIncidentTurns({
      store: stores.work,
      work,
      alerts: stores.alerts,
      book,
      rows: stores.ledger.rows,
      judge,
      rules: { ...config.incidents, language: config.language },
    }),
    impact,
    statistics: createStatistics({ store: stores.work, goals: config.goals, judge, now }),
  }
}

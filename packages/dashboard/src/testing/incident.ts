import type { IncidentSummary } from '@tabiji/core/incident'
import type { IncidentView, ShownLine } from '../view/incidents.ts'
import { AROUND } from './around.ts'

const JOURNEYS = [
  { name: 'pay', title: { en: 'Pay', ja: '支払う' } },
  { name: 'search', title: { en: 'Search', ja: '検索' } },
]

/** An incident as lists have it. */
export const summary = (key: string, more: Partial<IncidentSummary> = {}): IncidentSummary => ({
  ...{ key, title: `Title ${key}`, journeys: ['pay'], episodes: [], drill: false, openedAt: AROUND.now },
  ...more,
})

/** A line that somebody wrote. */
export const line = (id: string, more: Partial<ShownLine> = {}): ShownLine => ({
  ...{ id, at: AROUND.now, kind: 'note', source: 'person', by: 'suzuki', starred: false },
  text: { en: `Line ${id}`, ja: `記録${id}` },
  ...more,
})

/** An open incident of which little is known. */
export function incidentView(more: Partial<IncidentView> = {}): IncidentView {
  return {
    incident: { ...summary('INC-0001', { level: 1 }), status: 'investigating', roles: {}, times: {} },
    ...{ fixes: [], checklist: { done: 0, items: [] }, questions: [], lines: [], series: [] },
    ...{ runbooks: [], alerts: [], others: [], journeys: JOURNEYS, trackers: [] },
    ...more,
  }
}

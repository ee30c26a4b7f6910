import type { Panel } from '../page/around.ts'
import type { Context } from '../page/context.ts'
import type { Screen } from '../page/frame.ts'
import { alertScreen } from '../screen/alert.ts'
import { alertsScreen } from '../screen/alerts.ts'
import { drillsScreen } from '../screen/drills.ts'
import { fixScreen } from '../screen/fix.ts'
import { fixesScreen } from '../screen/fixes.ts'
import { incidentScreen } from '../screen/incident.ts'
import { incidentsScreen } from '../screen/incidents.ts'
import { journeyScreen } from '../screen/journey.ts'
import { journeysScreen } from '../screen/journeys.ts'
import { memberScreen } from '../screen/member.ts'
import { postmortemScreen } from '../screen/postmortem.ts'
import { reportScreen } from '../screen/report.ts'
import { reportsScreen } from '../screen/reports.ts'
import { settingsScreen } from '../screen/settings.ts'
import { silencesScreen } from '../screen/silences.ts'
import type { JourneyView } from '../view/journey.ts'
import { wishIn } from '../view/overview.ts'
import { alert } from './alert.ts'
import { incidentView } from './incident.ts'
import { standing } from './standing.ts'

/** A screen of which little is known: nothing that it lists is there. */
export type Bare = {
  readonly write: (context: Context) => Screen
  /** What can fail by itself on it. */
  readonly panels: readonly Panel[]
}

const PAY = { name: 'pay', title: { en: 'Pay', ja: '支払う' } }
const { incident } = incidentView()

/** The page of a journey whose only objective stands so. */
export const journeyView = (objective = standing()): JourneyView => ({
  journey: {
    ...{ ...PAY, tier: 1, steps: ['charge'], owner: 'shop', objectives: [objective] },
    open: { alerts: 0, incidents: 0, fixes: 0 },
  },
  ...{ objective: 'availability', month: '2026-10', latestMonth: '2026-10' },
  ...{ work: { ms: 21_600_000, own: [], dependencies: [] }, annotations: [], incidents: [], fixes: [] },
})

/** Every screen with next to nothing on it. */
export const BARE_SCREENS: Readonly<Record<string, Bare>> = {
  journeys: { write: (context) => journeysScreen(context, { journeys: [], wish: wishIn({}) }), panels: [] },
  journey: {
    write: (context) => journeyScreen(context, journeyView()),
    panels: ['month', 'work', 'changes', 'incidents', 'fixes'],
  },
  alerts: { write: (context) => alertsScreen(context, { alerts: [], state: 'open', more: false }), panels: [] },
  alert: {
    write: (context) =>
      alertScreen(context, {
        ...alert('A-0042'),
        ...{ timeline: [], notifications: [], next: [], receivers: ['pager'], similar: [] },
      }),
    panels: ['alerts', 'incidents'],
  },
  silences: {
    write: (context) =>
      silencesScreen(context, {
        ...{ silences: [], state: 'live', openings: [] },
        draft: { matchers: '', for: '1h', to: '', reason: '', owner: '' },
      }),
    panels: [],
  },
  incidents: {
    write: (context) => incidentsScreen(context, { state: 'open', incidents: [], journeys: [PAY] }),
    panels: ['month'],
  },
  incident: {
    write: (context) => incidentScreen(context, incidentView()),
    panels: ['impact', 'response', 'runbooks', 'postmortem', 'alerts', 'timeline'],
  },
  postmortem: {
    write: (context) =>
      postmortemScreen(context, {
        ...{ incident, lacks: [], fixes: [], hints: [], draft: '' },
        fishbone: { effect: 'Title', bones: [] },
      }),
    panels: [],
  },
  fixes: {
    write: (context) =>
      fixesScreen(context, { view: 'board', fixes: [], teams: [], journeys: [], incidents: [], trackers: [] }),
    panels: ['month'],
  },
  fix: {
    write: (context) =>
      fixScreen(context, {
        fix: {
          ...{ key: 'FIX-0001', title: 'Back off', kind: 'prevent', state: 'open', created: '2026-09-01' },
          ...{ firstDue: '2026-10-20', due: '2026-10-20', postponements: 0, overdueDays: 0 },
        },
        ...{ transitions: [], trackers: [], journeys: [], incidents: [], causes: [], others: [] },
      }),
    panels: [],
  },
  reports: {
    write: (context) => reportsScreen(context, { year: 2026, years: [2026], reports: [], asks: [] }),
    panels: ['asks'],
  },
  report: {
    write: (context) =>
      reportScreen(context, {
        ...{ month: '2026-10', status: 'draft', missing: 0, asks: [], revisions: [], journeys: [PAY] },
        ...{ missingComments: [], comments: [], pending: { incidents: [], postmortems: [] } },
      }),
    panels: [],
  },
  drills: {
    write: (context) =>
      drillsScreen(context, {
        ...{ drills: [], due: [], members: [], journeys: [PAY], past: [], others: [] },
        coverage: { quarters: [], journeys: [] },
      }),
    panels: [],
  },
  member: {
    write: (context) =>
      memberScreen(context, {
        member: { name: 'sato', incidents: 0, drills: 0, checklist: { done: 0, of: 0 } },
        ...{ items: [], runbooks: [], led: [] },
      }),
    panels: [],
  },
  settings: {
    write: (context) => settingsScreen(context, { checks: [], receivers: [], revisions: [] }),
    panels: ['checks', 'settings', 'doctor', 'receivers', 'revisions'],
  },
}

import type { IncidentMonth, MonthFacts } from '@tabiji/core/report'
import { correctedFacts } from './facts.ts'
import { owedFacts } from './owed.ts'
import { toldFacts } from './told.ts'

/** October with something in every family of facts that a collector can tell, so that every section has all its parts. */
export function wholeFacts(): MonthFacts {
  const told = toldFacts()
  const { corrections, journeys } = correctedFacts()
  const { incidents, fixes, statistics } = owedFacts()
  const rawOf = (journey: string, name: string) => {
    const raw = journeys.find((one) => one.name === journey)?.objectives.find((one) => one.name === name)?.raw
    return raw === undefined ? {} : { raw }
  }
  return {
    ...told,
    ...(corrections !== undefined && { corrections }),
    journeys: told.journeys.map((journey) => ({
      ...journey,
      objectives: journey.objectives.map((one) => ({ ...one, ...rawOf(journey.name, one.name) })),
      composites: [{ name: 'whole', members: journey.objectives.map(({ name }) => `${journey.name}/${name}`) }],
    })),
    alerts: told.alerts.map((alert) => ({ ...alert, actedOn: Math.ceil(alert.fired / 2), atNight: 1 })),
    incidents: incidents.map(answered),
    fixes,
    ...(statistics !== undefined && { statistics }),
    doubts: [
      {
        ...{ service: 'scanner', from: '2026-10-20T13:10:00+09:00', to: '2026-10-20T13:12:00+09:00' },
        estimate: [120, 4, 2, 0],
      },
    ],
    silences: [{ reason: 'the supplier moves its servers', silences: 2, seconds: 7_200, alerts: 1 }],
    drills: {
      ...{ planned: 2, tierOne: { journeys: 3, practised: 1 } },
      held: [
        {
          ...{ key: 'D-0003', journey: 'measure-feet', level: 1, what: 'the upload is down' },
          ...{ startedAt: '2026-10-27T14:00:00+09:00', rangMs: 60_000, toldMs: 75_000 },
          ...{ ackedMs: 240_000, resolvedMs: 1_500_000 },
        },
      ],
    },
    ahead: {
      planned: [{ at: '2026-11-20T10:00:00+09:00', text: 'winter sale', journeys: ['order', 'search-shoes'] }],
      drills: [{ journey: 'order', by: '2026-11-30' }],
    },
    trackers: [{ name: 'shop', kind: 'github', readAt: '2026-11-05T10:00:00+09:00' }],
  }
}

function answered(incident: MonthFacts['incidents'][number], i: number): IncidentMonth {
  if (i > 0) return incident
  return {
    ...incident,
    acknowledgedAt: '2026-10-20T12:07:00+09:00',
    cost: [
      {
        ...{ journey: 'measure-feet', objective: 'measure-feet/availability' },
        ...{ bad: 1_944, valid: 40_000, budgetPpm: 404_000 },
      },
    ],
    causes: [{ id: 'no-retry', text: 'an upload is tried once', bone: 'design' }],
    fixes: ['FIX-0011'],
    postmortem: 'published',
    roles: { lead: 'suzuki', scribe: 'tanaka' },
  }
}

import { foldIncident } from '@tabiji/core/incident'
import { addMonths, monthOf, monthRange } from '@tabiji/core/time'
import { tellDoubts } from '../jobs/doubts.ts'
import { monthFacts } from '../jobs/month.ts'
import type { AlertDetail, Api } from '../ports/api.ts'
import type { House } from './house.ts'

/** What the doors may ask, answered from the house as it stands. */
export function createApi(house: House): Api {
  const { stores, now, health, metrics } = house
  const zone = () => house.judge().definition.timeZone
  return {
    overview: house.overview,
    alerts: ({ level, ...filter }) =>
      stores.alerts.listEpisodes(filter).filter((record) => level === undefined || record.level === level),
    alert: (id) => alertDetail(house, id),
    months: () => {
      const current = monthOf(now(), zone())
      return { latestComplete: addMonths(current, -1), current, timeZone: zone() }
    },
    monthFacts: (month) => {
      if (monthRange(month, zone()).from > now()) return undefined
      const sources = {
        alerts: stores.alerts,
        incidents: () => stores.work.incidentHistories().flatMap(({ key, events }) => foldIncident(key, events) ?? []),
        doubts: house.doubts.unsettledDuring,
        fixes: stores.work.fixHistories,
        sample: stores.ledger.isSample,
      }
      return monthFacts(house.judge(), month, sources, now())
    },
    doubts: ({ state, limit }) => tellDoubts(house.doubts.list(state, limit), zone(), now()),
    checks: () => health.checks(now()),
    metrics: () => metrics.registry.metrics(),
  }
}

function alertDetail({ stores: { alerts }, config }: House, id: string): AlertDetail | undefined {
  const record = alerts.findEpisode(id)
  if (record === undefined) return undefined
  return {
    ...record,
    timeline: alerts.timeline(id),
    notifications: alerts.outboxOf(id).map(({ facts: _, episode: __, level: ___, degraded: ____, ...row }) => ({
      ...row,
      tries: alerts.attemptsOf(row.id),
    })),
    receivers: config.routes[record.level],
  }
}

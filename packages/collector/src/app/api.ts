import { isAboutAlert } from '@tabiji/core/alert'
import { addMonths, monthOf } from '@tabiji/core/time'
import { journeyWork } from '../jobs/budget/dependencies.ts'
import { tellRevisions } from '../jobs/budget/revision-changes.ts'
import { tellDoubts } from '../jobs/ledger/doubts.ts'
import type { OutboxRow } from '../ports/alert-store.ts'
import type { AlertDetail, Api, Check, DeadNotification, HeldNotification } from '../ports/api.ts'
import type { ListTrackers } from '../ports/tracker.ts'
import type { House } from './house.ts'
import { scrapeText } from './series.ts'

/** What the doors may ask, answered from the house as it stands. */
export function createApi(house: House, trackers: ListTrackers): Api {
  const { config, stores, now } = house
  const zone = () => house.judge().definition.timeZone
  return {
    overview: () => {
      const views = trackers()
      return { ...house.overview(), ...(views.length > 0 && { trackers: views }) }
    },
    journeyWork: (journey, windowMs) => journeyWork(house.judge(), journey, windowMs, now()),
    alerts: stores.alerts.listEpisodes,
    alert: (id) => alertDetail(house, id),
    held: () => stores.alerts.heldRows().map(heldOf),
    settleHeld: (id, verb, by) => {
      const row = stores.alerts.heldRows().find((each) => each.id === id)
      if (row === undefined) return undefined
      if (verb === 'send') stores.alerts.sendHeld(id, now())
      else stores.alerts.dropHeld(id, `dropped after a restore${by === undefined ? '' : ` by ${by}`}`)
      return heldOf(row)
    },
    dead: () => stores.alerts.deadRows(MOST_DEAD).map(deadOf),
    retryDead: (id) => {
      const row = stores.alerts.retryDead(id, now())
      return row === undefined ? undefined : deadOf(row)
    },
    revisions: () => tellRevisions(stores.ledger.revisions(), config.ledger.grid, zone()),
    months: () => {
      const current = monthOf(now(), zone())
      return { latestComplete: addMonths(current, -1), current, timeZone: zone() }
    },
    monthFacts: (month) => house.months.tell(month, now()),
    recentMonth: (month) => house.months.tellRecent(month, now()),
    teamFacts: (month, team) => house.months.tellTeam(month, team, now()),
    doubts: ({ state, limit }) => tellDoubts(house.doubts.list(state, limit), zone(), now()),
    probes: house.probes.status,
    checks: () => checksOf(house),
    metrics: () => scrapeText(house),
  }
}

/** Some checks ask the store; when it cannot even be read, that is the answer. */
export function checksOf({ stores, health, clock, probes, results, now }: House): readonly Check[] {
  const clocks = [...(clock === undefined ? [] : [clock.check()]), ...(results === undefined ? [] : [results.check()])]
  try {
    return [...health.checks(now()), ...clocks, ...probeCheck(probes), ...heldCheck(stores.alerts.heldRows().length)]
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    return [{ name: 'store', status: 'failed', message: `the store cannot be read: ${reason}` }, ...clocks]
  }
}

/** Said only where there are probes. What they see of the services is for objectives to judge, not for this. */
function probeCheck(probes: House['probes']): readonly Check[] {
  const status = probes.status()
  if (status.length === 0) return []
  const told = status.flatMap(({ name, warnings, last }) => {
    const blind = last?.outcome === 'inconclusive' ? [last.why ?? 'the last run says nothing'] : []
    return [...blind, ...warnings].map((warning) => `${name}: ${warning}`)
  })
  if (told.length === 0) return [{ name: 'probes', status: 'ok', message: 'all probes can see' }]
  return [{ name: 'probes', status: 'degraded', message: told.slice(0, 5).join('; ') }]
}

/** Said only when there are any: most stores were never restored. */
function heldCheck(held: number): readonly Check[] {
  if (held === 0) return []
  const message = `${held} notification(s) wait for a decision since the store was restored: tabiji outbox list`
  return [{ name: 'outbox', status: 'degraded', message }]
}

const MOST_DEAD = 1_000

function deadOf(row: OutboxRow): DeadNotification {
  const { attempts, state, lastError } = row
  return { ...heldOf(row), attempts, state, ...(lastError !== undefined && { lastError }) }
}

function heldOf({ id, topic, receiver, kind, level, createdAt, facts }: OutboxRow): HeldNotification {
  const rule = isAboutAlert(facts) ? { rule: facts.rule } : {}
  return { id, topic, receiver, kind, level, createdAt, ...rule }
}

function alertDetail(
  { stores: { alerts, gated }, config, teams, results }: House,
  id: string,
): AlertDetail | undefined {
  const record = alerts.findEpisode(id)
  if (record === undefined) return undefined
  const owed = alerts.outboxOf(id)
  const rang = owed.findLast(({ kind }) => kind === 'trigger')?.facts
  return {
    ...record,
    ...(rang !== undefined && isAboutAlert(rang) && { rang }),
    timeline: alerts.timeline(id),
    notifications: owed.map(({ facts: _, topic: __, level: ___, degraded: ____, ref: _____, ...row }) => ({
      ...row,
      decisions: gated.decisionsOf(row.id).map(({ outbox: _, ...decision }) => decision),
      tries: alerts.attemptsOf(row.id),
    })),
    next: alerts.timersOf(id).map(({ kind, step, due }) => {
      const to = kind === 'escalation' ? config.unanswered.escalation[step]?.to : undefined
      return { at: due, kind, ...(to !== undefined && { to }) }
    }),
    ...(results?.rings(record.rule) === true && { toldBy: 'prometheus' }),
    receivers: teams.receiversOf(record.level, record.facts.journey.owner),
  }
}

import { keepOf, periodOf, policyOf } from '../budget/index.ts'
import { type Journey, type Objective, windowText } from '../journey/index.ts'
import { formatDuration } from '../time/index.ts'
import { burnAlerts, limitsOf, milestoneAlerts } from './alerts.ts'
import {
  countRecordings,
  periodRecordings,
  promiseRecordings,
  proofRecordings,
  windowRecordings,
} from './recordings.ts'
import type { RuleFile, RuleGroup } from './rule-file.ts'
import { simpleAlerts, simpleNotes, simpleWindows } from './simple.ts'

/** Long windows are read seldom, because a ruler reads all of their samples each time, yet before a sample is outdated. */
const BUDGET_INTERVAL = '2m'

/**
 * The rules of a journey: a group for its alerting windows, and one for the budgets of its rolling windows. No groups for a
 * journey that promises nothing and has no simple rules.
 *
 * The policies must have passed `adviseOn` without an error.
 */
export function journeyRules(journey: Journey): RuleFile {
  const ruled = ruledOf(journey)
  return { groups: [burnGroup(ruled), budgetGroup(ruled)].filter(({ rules }) => rules.length > 0) }
}

/**
 * The journey with what a ruler can judge: what probes saw is in no series of the services, and a slice of time cannot be
 * judged again by rules when something of it comes late.
 */
export function ruledOf(journey: Journey): Journey {
  const isRuled = ({ of, budgeting }: Objective) => of !== 'probe' && budgeting === undefined
  return { ...journey, objectives: journey.objectives.filter(isRuled) }
}

function burnGroup(journey: Journey): RuleGroup {
  const { objectives } = journey
  const windows = unique([...objectives.flatMap(windowsOf), ...simpleWindows(journey)])
  return {
    name: `tabiji-${journey.name}`,
    rules: [
      ...countRecordings(journey, windows),
      ...objectives.flatMap((objective) => {
        const own = windowsOf(objective)
        const longs = unique(limitsOf(objective).map(({ pair }) => pair.longMs))
        return [
          ...windowRecordings(journey, objective, own),
          ...proofRecordings(journey, objective, longs),
          ...promiseRecordings(journey, objective, own[0]),
          ...burnAlerts(journey, objective),
        ]
      }),
      ...simpleAlerts(journey),
    ],
  }
}

function budgetGroup(journey: Journey): RuleGroup {
  const rolling = journey.objectives.filter(({ window }) => window.kind === 'rolling')
  const known = unique([...journey.objectives.flatMap(windowsOf), ...simpleWindows(journey)])
  const periods = unique(rolling.map(({ window }) => periodOf(window))).filter((windowMs) => !known.includes(windowMs))
  return {
    name: `tabiji-${journey.name}-budget`,
    interval: BUDGET_INTERVAL,
    rules: [
      ...countRecordings(journey, periods),
      ...rolling.flatMap((objective) => {
        const period = periodOf(objective.window)
        const isRecorded = windowsOf(objective).includes(period)
        return [
          ...windowRecordings(journey, objective, isRecorded ? [] : [period]),
          ...periodRecordings(journey, objective),
          ...milestoneAlerts(journey, objective),
        ]
      }),
    ],
  }
}

/** The alerting windows of an objective, ascending; milliseconds. */
function windowsOf(objective: Objective): readonly number[] {
  return unique(limitsOf(objective).flatMap(({ pair }) => [pair.longMs, pair.shortMs]))
}

function unique(numbers: readonly number[]): readonly number[] {
  return [...new Set(numbers)].sort((a, b) => a - b)
}

/** What the ruler cannot do as the collector does, as English sentences without a full stop; only what concerns the journey. */
export function ruleNotes(journey: Journey, timeZone: string): readonly string[] {
  const simple = simpleNotes(journey)
  if (journey.objectives.length === 0) {
    const left = simple.length === 0 ? 'so there are no rules for it' : 'so only its simple rules are here'
    return [`${journey.name} promises nothing, ${left}`, ...simple]
  }
  const { objectives } = ruledOf(journey)
  const left = journey.objectives.filter((objective) => !objectives.includes(objective)).map(leftNote)
  if (objectives.length === 0) return [...simple, ...left]
  const keeps = unique(objectives.map((objective) => keepOf(policyOf(objective))))
  return [
    ...simple,
    'counts are estimates: increase() extrapolates to the edges of a window, to twice as many while a process is new, and what a process counts after its last scrape is lost',
    `an alert ends ${keeps.map(formatDuration).join(' or ')} after its condition; that every short window stays below half its factor is not asked`,
    'an alert also ends when its series vanish, as when no target can be scraped: alert on up == 0 beside it',
    'corrections are not applied: what the collector excludes from a budget stays in these numbers',
    ...objectives.flatMap((objective) => calendarNotes(objective, timeZone)),
    ...objectives.flatMap(impossibleNotes),
    ...left,
  ]
}

function leftNote({ name, of, budgeting }: Objective): string {
  if (of !== 'probe') {
    return `${name} has a budget in ${budgeting?.method}, which rules on counts of events cannot keep: it is left out, and only the collector judges it`
  }
  return `${name} is about what probes saw, which only the collector has: no rules for it`
}

function calendarNotes({ name, window }: Objective, timeZone: string): readonly string[] {
  if (window.kind === 'rolling') return []
  return [
    `${name} has a budget by calendar (${windowText(window)}), which cannot be cut in ${timeZone}: no budget series and no milestones for it`,
  ]
}

function impossibleNotes(objective: Objective): readonly string[] {
  const possible = limitsOf(objective).map(({ pair }) => pair)
  return policyOf(objective)
    .pairs.filter((pair) => !possible.includes(pair))
    .map(({ level, longMs, shortMs }) => {
      const pair = `${formatDuration(longMs)}/${formatDuration(shortMs)}`
      return `${objective.name} cannot ring at level ${level} by its ${pair} pair, not even in a total outage: the pair is left out`
    })
}

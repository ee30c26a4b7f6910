import type { IndicatorName, Level, Subject } from '@tabiji/core/journey'
import type { Period } from '@tabiji/core/time'
import type { Catalogue, SpanUnit } from './catalogue.ts'
import { DIGEST_EN } from './digest-words.ts'
import { explainedEn } from './explained-en.ts'
import { INCIDENT_EN } from './incident-words.ts'
import { POSTMORTEM_EN } from './postmortem-words.ts'
import { REMINDER_EN } from './reminder-words.ts'
import { SLACK_EN } from './slack-words.ts'
import { TROUBLE_EN } from './trouble-words.ts'
import { numbered, UPDATE_EN } from './update-words.ts'

const LEVELS: Readonly<Record<Level, string>> = { 1: '▲ LEVEL 1', 2: '◆ LEVEL 2', 3: '● LEVEL 3' }
const NOW: Readonly<Record<IndicatorName, string>> = {
  availability: 'is failing',
  latency: 'is slow',
  experience: 'is failing or slow',
}
const BAD: Readonly<Record<IndicatorName, string>> = {
  availability: 'failed',
  latency: 'were slow',
  experience: 'failed or were slow',
}
const GOOD: Readonly<Record<IndicatorName, string>> = {
  availability: 'succeed',
  latency: 'are in time',
  experience: 'succeed in time',
}

const OUTCOME: Readonly<Record<Subject, string>> = {
  errors: 'failed ',
  slow: 'slow ',
  excluded: 'excluded ',
  events: '',
}
const HAPPENED: Readonly<Record<Subject, string>> = {
  errors: 'failed',
  slow: 'were slow',
  excluded: 'were excluded',
  events: 'came',
}
const PERIODS: Readonly<Record<Period['unit'], string>> = { d: 'day', w: 'week', M: 'month', Q: 'quarter', Y: 'year' }

export const en: Catalogue = {
  sample: '🟦 SAMPLE, NOT REAL',
  drill: (key) => `🟪 DRILL 訓練 ${key}`,
  drillNote: 'This is practice: nothing has happened to customers. Act as if it had; the times are taken.',
  separator: ' · ',
  listSeparator: ', ',
  span: (n, unit) => `${n} ${unitOf(n, unit)}`,
  spanSeparator: ' ',

  title: {
    burning: (level, journey, indicator, rate) =>
      `${LEVELS[level]} · ${journey} ${NOW[indicator]}: ${rate} times the budget’s pace`,
    milestone: (level, journey, spent) => `${LEVELS[level]} · ${journey}: ${spent} of the error budget is spent`,
    simple: (level, journey, happening) => `${LEVELS[level]} · ${journey}: ${happening}`,
    resolved: (level, journey, lasted) => `✔ RESOLVED (level ${level}) · ${journey} after ${lasted}`,
    withdrawn: (level, journey) => `■ WITHDRAWN (level ${level}) · ${journey}: no longer watched by this rule`,
    drillOver: (journey) => `■ OVER · ${journey}: the drill has ended`,
  },

  lead: {
    burning: (indicator, step, long, short, rate, limit) =>
      `${long.percent} of ${eventsOf(step)} ${BAD[indicator]} in the last ${long.span} (${long.bad} of ${long.valid}): ${rate} times as fast as the budget allows; this level rings above ${limit}. In the last ${short.span}: ${short.percent} (${short.bad} of ${short.valid}).`,
    burningSlices: (slice, long, short, rate, limit) =>
      `${long.percent} of the time was bad in the last ${long.span} (${long.bad} of ${long.valid} slices of ${slice}): ${rate} times as fast as the budget allows; this level rings above ${limit}. In the last ${short.span}: ${short.percent} (${short.bad} of ${short.valid}).`,
    milestone: (spent) => `More than ${spent} of the error budget is spent.`,
    resolved: (lasted) => `It is over. It lasted ${lasted}.`,
    withdrawn: (lasted) =>
      `The rule was removed while it was firing, ${lasted} after it began. This says nothing about whether the problem is over.`,
    drillOver: (lasted) =>
      `The practice was ended ${lasted} after it rang. Nothing is left to do but to talk about it.`,
  },

  simple: {
    count: (subject, step, count, span) =>
      `${count === '0' ? 'no' : count} ${OUTCOME[subject]}${count === '1' ? eventsOf(step).slice(0, -1) : eventsOf(step)} in the last ${span}`,
    share: (subject, step, percent, count, of, span) =>
      `${percent} of ${eventsOf(step)} ${HAPPENED[subject]} in the last ${span} (${count} of ${of})`,
    absent: (services, span) => `nothing could be read of ${services.join(', ') || 'a service'} for more than ${span}`,
    lead: (happening, kind, limit, lasting) =>
      `${capital(happening)}; this rule rings ${kind === 'above' ? 'above' : 'below'} ${limit}${lasting === undefined ? '' : ` at every evaluation for ${lasting}`}.`,
    unread: (happening) => `${capital(happening)}. What its users get is not known.`,
  },

  fields: {
    objective: 'Objective',
    condition: 'Rule',
    note: 'Note',
    budget: 'Budget left',
    since: 'Since',
    guard: 'Proof',
    worstStep: 'Worst step',
    worstDependency: 'Worst dependency',
    hurts: 'Part of',
    owner: 'Owner',
    runbook: 'Runbook',
    askedBy: 'Asked for by',
  },
  promise: (indicator, step, target, window) => `${target} of ${eventsOf(step)} ${GOOD[indicator]}, ${window}`,
  estimated: (promise) => `≈ ${promise} (an estimate: evaluated, not counted)`,
  guard: (badEvents, confidence) =>
    `at least ${badEvents} bad events, and ${confidence} certainty that the true share is above the limit`,
  month: 'calendar month',
  calendar: (n, unit, from) => `${n === 1 ? `each ${PERIODS[unit]}` : `every ${n} ${PERIODS[unit]}s`} from ${from}`,
  rolling: (span) => `rolling ${span}`,
  left: (indicator, left, bad, valid) => `${left} (${bad} of ${valid} events ${BAD[indicator]})`,
  leftSlices: (slice, left, bad, valid) => `${left} (${bad} of ${valid} slices of ${slice} bad)`,
  promiseSlices: (slice, share, target, window) =>
    share === undefined
      ? `${target} good in the mean of all slices of ${slice}, ${window}`
      : `${target} of the slices of ${slice} have at least ${share} good, ${window}`,
  ofBad: (step, bad, ofBad) => `${step} (${bad} of ${ofBad} bad events)`,
  atService: (step, service, bad, valid) => `${step} at ${service} (${bad} of ${valid} events bad)`,

  explained: explainedEn,
  reminder: REMINDER_EN,
  slack: SLACK_EN,
  incident: INCIDENT_EN,

  foreign: {
    lead: (name, summary) =>
      `${summary === undefined ? '' : `${summary.replace(/[.。]?$/, '.')} `}Another system evaluates the alert ${name} and says that it rings.`,
    link: 'Where it is evaluated',
  },

  digest: DIGEST_EN,
  trouble: TROUBLE_EN,
  update: UPDATE_EN,
  postmortem: POSTMORTEM_EN,
  toDo: (incident, items) =>
    items.length === 0 ? `Incident: ${incident}` : `Incident: ${incident}. Do first: ${numbered(items)}`,

  group: {
    ofJourney: (journey, alerts) => `● LEVEL 3 · ${journey}: ${alerts} alerts`,
    ofMany: (alerts, journeys) => `● LEVEL 3 · ${alerts} alerts of ${journeys} journeys`,
    lead: 'They came within a short time and are told together. Nobody has to act now.',
  },

  test: {
    title: (receiver) => `🧪 TEST · ${receiver}: can this be read?`,
    over: (receiver) => `🧪 TEST is over · ${receiver}`,
    weekly: 'the calendar: each week one',
    lead: 'Nothing has happened to any journey. Somebody, or the calendar, is trying whether this receiver can be reached.',
  },

  first: (level, hasRunbook) => {
    if (level === 3) return 'For your information; nothing has to be done now.'
    if (level === 2) return 'Today: say who takes it, and find the cause before it becomes a level 1.'
    const runbook = hasRunbook ? 'open the runbook' : 'look at what changed last'
    return `First: say here that you are on it, ${runbook}, open an incident (tabiji incident open). Report early, ask for help.`
  },
  mayRepeat: '(may be a repeat)',
  insteadOf: (receiver) => `Sent here because the receiver ${receiver} did not take it.`,
  late: (due, why) => `Told late: due at ${due}, but ${LATE[why]}.`,
  asOf: (stamp) => `as of ${stamp}`,
  links: { runbook: 'Runbook', alert: 'Alert', incident: 'Incident' },
}

function eventsOf(step: string | undefined): string {
  return step === undefined ? 'events' : `${step} events`
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

function unitOf(n: number, unit: SpanUnit): string {
  const words = { days: n === 1 ? 'day' : 'days', hours: 'h', minutes: 'min', seconds: 's' }
  return words[unit]
}

const LATE: Readonly<Record<Parameters<Catalogue['late']>[1], string>> = {
  startup_grace: 'the collector had just started',
  inhibition: 'a more urgent alert was open',
  silence: 'it was silenced',
  maintenance: 'work was announced',
  hours: 'nobody was at the desk',
  grouping: 'it waited for others of its journey',
  rate_budget: 'the receiver’s budget of messages was spent',
  receiver: 'the receiver did not take it',
}

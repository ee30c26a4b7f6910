import { CALENDAR_EN } from './calendar.ts'
import type { Basic } from './catalogue.ts'

const plurals = new Intl.PluralRules('en')

/** The form that goes with a number: one fix, two fixes. */
function form(n: number, one: string, other: string): string {
  return plurals.select(n) === 'one' ? one : other
}

export const en: Basic = {
  language: 'en',
  states: { healthy: 'Healthy', watch: 'Watch', risk: 'At risk', spent: 'Spent', unjudged: 'Not judged' },
  indicators: { availability: 'Failed', latency: 'Slow', experience: 'Failed or slow' },
  outcomes: { good: 'Good', slow: 'Slow', error: 'Failed', excluded: 'Excluded' },
  levels: { 1: '1 · act now', 2: '2 · next business day', 3: '3 · make known' },
  kinds: { prevent: 'prevent', detect: 'detect', mitigate: 'mitigate', process: 'process' },
  unjudged: {
    no_events: 'not judged: no events',
    too_little_traffic: 'not judged: too little traffic',
    data_gap: 'not judged: gap in the data',
  },
  met: 'met',
  missed: 'missed',
  separator: ' · ',
  also: (text, also) => `${text} (${also})`,
  of: (part, whole) => `${part} of ${whole}`,
  days: (n, days) => `${days} ${form(n, 'day', 'days')}`,
  duration: (hours, minutes) => (hours === 0 ? `${minutes} min` : `${hours} h ${minutes} min`),

  header: {
    sample: 'SAMPLE DATA. These numbers are made up and show what a report looks like.',
    complete: 'Complete',
    running: 'Draft: the month is not over, numbers can still change',
    incomplete: 'Draft: the month is over, but not all of it is in the books yet',
    title: (month) => `Reliability report — ${month}`,
    status: (status, dataUntil) => `${status}. ${dataUntil}`,
    dataUntil: (dataUntil, generatedAt) => `Data until ${dataUntil}, written ${generatedAt}.`,
    period: (first, last, zone) => `${first} to ${last}, ${zone}`,
    contents: 'Contents',
    definition: (fingerprint) => `Journeys file ${fingerprint}`,
  },

  journeys: {
    heading: 'Journeys at a glance',
    none: 'No journey is defined.',
    each: 'Appendix A: every journey',
    state: 'State',
    journey: 'Journey',
    objective: 'Objective',
    noObjective: 'no objective',
    counts: 'Counts as bad',
    target: 'Target',
    result: 'Result',
    failed: 'Bad / allowed',
    used: 'Budget used',
    verdict: 'Verdict',
    alertsOn: 'Alerts on',
    month: 'the month',
    calendar: CALENDAR_EN,
    step: 'Step',
    all: 'Events',
    from: 'From',
    to: 'To',
    corrected: (objective) => `${objective} (corrected)`,
    estimated: (name) => `≈ ${name}`,
    estimates: (n, objectives) =>
      `≈ ${objectives} ${form(n, 'is an estimate', 'are estimates')}: an engine evaluated a query, no service counted events.`,
    byRuler: (objective, engine, result, bad, valid) =>
      `Estimate: by the rules in ${engine} ${objective} is ≈ ${result} (≈ ${bad} bad of ≈ ${valid} events); in no figure of this report.`,
    withoutCorrections: (objective, result, bad, valid) =>
      `${objective} leaves corrected time out; without corrections the result is ${result} (${bad} bad of ${valid} events).`,
    rolling: (window) => `rolling ${window}`,
    objectives: (journey) => `Objectives of ${journey}`,
    steps: (journey) => `Events of ${journey} by step`,
    parts: (objective) => `The target of ${objective} was changed`,
    owner: (owner) => `Owner: ${owner}.`,
    composite: (name, worst, verdict, count) => `${name} stands as ${worst}, the worst of its ${count}: ${verdict}.`,
    compositeUnjudged: (name, members) => `Not judged, and so not in the verdict on ${name}: ${members}.`,
    tier: (tier) => `Tier ${tier}.`,
    gap: (missing, expected, share) =>
      `${missing} of ${expected} time slots are missing (${share}); results use the rest.`,
    gapTooLarge: (missing, expected, share) =>
      `${missing} of ${expected} time slots are missing (${share}): too many for a verdict.`,
    doubts: (n, count, duration, events) =>
      `In doubt: ${count} ${form(n, 'stretch', 'stretches')} of time (${duration} in all) in which a process was gone before it had told its last counts. By estimate, about ${events} events are missing from the figures.`,
    oneFailure: (objective, n, events, share) =>
      `${objective} is not judged: with ${events} ${form(n, 'event', 'events')}, a single bad one is ${share} of the budget.`,
    oneSlice: (objective, n, slices, share) =>
      `${objective} is not judged: with ${slices} ${form(n, 'slice', 'slices')} of time, a single bad one is ${share} of the budget.`,
    timeslices: (objective, slice, share) =>
      `The figures of ${objective} are slices of ${slice}: one is good when at least ${share} of its events were.`,
    ratioTimeslices: (objective, slice) =>
      `The figures of ${objective} are slices of ${slice}: its result is the mean of their ratios, in which each weighs the same.`,
    noData: (objective, duration, counted) => `Nobody read ${objective} for ${duration}; that time is ${counted}.`,
    countedAs: {
      ignore: 'not counted',
      good: 'counted as good',
      bad: 'counted as bad',
      hold: 'counted as what went before it',
    },
  },

  alerts: {
    heading: 'Alerts by level',
    none: 'No alert fired this month.',
    level: 'Level',
    fired: 'Fired',
    resolved: 'Resolved',
    open: 'Still open',
  },

  incidents: {
    heading: 'Incidents',
    none: 'No incident this month.',
    key: 'Incident',
    what: 'What',
    level: 'Level',
    journeys: 'Journeys',
    opened: 'Opened',
    stoppedAfter: 'Harm stopped after',
    resolved: 'Resolved',
    stillOpen: 'still open',
    drill: 'drill',
    half: (incidents, median, shortest, longest) =>
      `Of ${incidents} incidents with stated times, half were stopped within ${median} (range ${shortest} to ${longest}).`,
    few: (n, incidents) =>
      `${incidents} ${form(n, 'incident', 'incidents')} with stated times: too few to compare with other months.`,
    drillsLeftOut: (n, drills) => `${drills} ${form(n, 'drill is', 'drills are')} listed and not counted.`,
    restatedMerge: 'What this month said of them before is restated.',
    merged: (key, others, stamp) => `${key} includes ${others}, merged on ${stamp}.`,
  },

  fixes: {
    heading: 'Permanent fixes',
    noneDue: 'No fix was due this month.',
    nothingToDo: 'No fix lay on the table this month.',
    noneOpen: 'No fix is open.',
    rates: 'Rates',
    rate: 'Rate',
    value: 'Value',
    fraction: 'Fixes',
    meaning: 'Meaning',
    onTime: 'On time',
    stockRate: 'Stock rate',
    stockMeaning: 'done, of all that lay on the table: open at start + new + returned − dropped',
    clearance: 'Clearance',
    clearanceMeaning: 'done for each new one; above 100 % the debt shrinks',
    noNew: 'no new fixes',
    flow: 'Where the open fixes come from',
    openAtStart: 'Open at start',
    created: 'New',
    returned: 'Returned',
    done: 'Done',
    dropped: 'Dropped',
    openAtEnd: 'Open at end',
    openNow: 'Open now',
    ageing: 'Open fixes by age',
    age: 'Age',
    open: 'Open',
    overdue: 'Overdue',
    portion: 'Portion of all open fixes (dark: overdue)',
    key: 'Fix',
    what: 'What',
    kind: 'Kind',
    origin: 'From',
    owner: 'Owner',
    assigned: 'assigned',
    unassigned: 'nobody',
    due: 'Due',
    late: 'Overdue',
    cohorts: 'Fixes done, by month of creation',
    createdIn: 'Created in',
    risks: 'Accepted risks',
    approver: 'Approved by',
    onRecord: 'on record',
    reason: 'Reason',
    until: 'Until',
    perNew: (done, created) => `${done} done, ${created} new`,
    onTimeMeaning: (target) =>
      `done by the first due date, of those whose first due date was in the month; target ${target}`,
    promise: (n, done, due, percent, target) =>
      `${done} of ${due} ${form(n, 'fix', 'fixes')} due this month were finished on time (${percent}, target ${target}).`,
    promiseFew: (n, done, due, target) =>
      `${done} of ${due} ${form(n, 'fix', 'fixes')} due this month ${form(n, 'was', 'were')} finished on time (target ${target}).`,
    stock: (n, done, all, percent) =>
      `${done} of the ${all} ${form(n, 'fix', 'fixes')} on the table ${form(n, 'was', 'were')} done (${percent}).`,
    stockFew: (n, done, all) =>
      `${done} of ${all} ${form(n, 'fix', 'fixes')} on the table ${form(n, 'was', 'were')} done.`,
    accepted: (n, accepted) =>
      `${accepted} more ${form(n, 'was', 'were')} due whose risk had been accepted; ${form(n, 'it is', 'they are')} not in the rate.`,
    notYetDue: (n, fixes) => `${fixes} more ${form(n, 'is', 'are')} due later this month and not in the rate yet.`,
    provisional: (until) =>
      `The on-time rate is provisional through ${until}: a fix that comes back within 30 days counts as not done.`,
    debt: (n, open, overdue, oldest) =>
      `${open} ${form(n, 'fix is', 'fixes are')} open, ${overdue} overdue; the oldest is ${oldest} old.`,
    overdueDays: (days) => `Overdue days add up to ${days}.`,
    pastFirstDue: (n, fixes) => `${fixes} ${form(n, 'is', 'are')} past the date that was promised first.`,
    postponed: (n, moves, fixes) =>
      `Due dates were put off ${moves} ${form(n, 'time', 'times')} this month (fixes concerned: ${fixes}).`,
    list: (date) => `Open fixes as of ${date}`,
    movedFrom: (due, first, n, times) => `${due} (first ${first}, put off ${times} ${form(n, 'time', 'times')})`,
    within: (days) => `Within ${days} days`,
    maturing: (share) => `${share} so far`,
  },

  measuring: {
    because: {
      maintenance: (reason) => `Maintenance: ${reason}`,
      provider: (reason) => `A provider’s failure: ${reason}`,
      measurement: (reason) => `Wrong measurement: ${reason}`,
      test: (reason) => `Load test: ${reason}`,
      other: (reason) => reason,
    },
    heading: 'What changed in the measuring',
    changes: 'Changes of the journeys file',
    since: 'Since',
    definition: 'Journeys file',
    corrections: 'Corrections: time left out of the results',
    correction: 'Correction',
    reason: 'Reason',
    objectives: 'Objectives',
    from: 'From',
    to: 'To',
    times: 'Stretches',
    excluded: 'Time left out',
    events: 'Events in it',
    author: 'Entered by',
    onRecord: 'on record',
    rawStays:
      'Corrections leave out whole time slots, and what two of them name is left out once. Nothing of it is deleted: the counts of steps and the results without corrections hold all of it.',
  },

  terms: {
    heading: 'Appendix B: words and formulas',
    outcomes: 'Outcomes',
    outcomesText:
      'Good: worked in the promised time. Slow: worked, later than promised. Failed: did not work. Excluded: not the service’s doing, in no rate.',
    result: 'Result',
    resultText: 'Events that were not bad ÷ valid events. Percentages are cut, never rounded up.',
    allowed: 'Allowed',
    allowedText:
      'Valid events × (100 % − target): the error budget of the month. Tables cut it to whole events, below ten of them to tenths.',
    used: 'Budget used',
    usedText: 'Bad events ÷ allowed events. Above 100 % the target is missed.',
    states: 'States',
    statesText:
      'By the budget left. ● Healthy: 50 % or more. ◆ Watch: 25 % or more. ▲ At risk: above 0 %. ✖ Spent: nothing. ○ Not judged: no events, too few of them, or a gap in the data.',
    onTime: 'On time',
    onTimeText:
      'Fixes done by their first due date ÷ fixes whose first due date was in the month. Moving a date does not change this; dropped is not done.',
    stock: 'Stock rate',
    stockText: 'Done ÷ (open at start + new + returned − dropped).',
    clearance: 'Clearance',
    clearanceText: 'Done ÷ new.',
    flow: 'Flow of fixes',
    flowText:
      'Open at start + new + returned − done − dropped = open at end. Returned: reopened, taken back, or an accepted risk that ran out. Dropped: given up, or accepted as a risk.',
    overdue: 'Overdue',
    overdueText:
      'Days from the due date in force to the date of the list. A due date ends at midnight of the report’s time zone.',
    stop: 'Harm stopped after',
    stopText: 'From the start of the impact to its end, as stated in the incident. Drills are left out.',
    thisMonth: (definition, formula) => `${definition} This month: ${formula}.`,
  },
}

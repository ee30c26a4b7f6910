import type { MonthFacts } from '@tabiji/core/report'
import type { Expected, Formula } from './journey-tables.ts'
import type { Row } from './tables.ts'
import { between, burnt, count, FEWEST, left, length, percent, share, stamp } from './written.ts'

const days = (value: number) => String(value)

/** A journey is judged when one of its objectives is, and missed when one was. */
export function verdictsOf({ journeys }: MonthFacts) {
  const verdicts = journeys.map(({ objectives }) => objectives.flatMap(({ met }) => (met === undefined ? [] : [met])))
  const judged = verdicts.filter((all) => all.length > 0)
  const missed = judged.filter((all) => all.includes(false)).length
  return { judged: judged.length, met: judged.length - missed, unjudged: journeys.length - judged.length }
}

function tiles(facts: MonthFacts): Expected {
  const { fixes, incidents, asks = [], month } = facts
  const { judged, met, unjudged } = verdictsOf(facts)
  const real = incidents.filter(({ drill }) => !drill)
  const { onTime, stock, ageing } = fixes
  const late = ageing.oldestDays === undefined ? '' : `${ageing.overdue} ${ageing.oldestDays}`
  const asked = asks.filter((ask) => ask.month === month && ask.state === 'open').length
  return {
    'Journeys on target': `${met} ${judged} ${unjudged === 0 ? '' : unjudged}`,
    'Fixes on time': `${share(onTime.share)} ${late} ${share(stock)}`,
    'Time to stop harm': stopTimes(real),
    'Asked of you': asked === 0 ? '' : count(asked),
  }
}

const TWO_HOURS = 7_200_000

function stopTimes(real: MonthFacts['incidents']): string {
  const times = real.flatMap((one) => between(one.impactStartedAt, one.mitigatedAt) ?? []).sort((a, b) => a - b)
  if (times.length === 0) return real.length === 0 ? '' : count(real.length)
  const longest = times.at(-1) ?? 0
  const of = times.length === real.length ? '' : ` of ${real.length}`
  const written = (ms: number | undefined) => (longest > TWO_HOURS ? length(ms) : String(Math.ceil((ms ?? 0) / 60_000)))
  const range = times.length === 1 ? '' : `${written(times[0])} to ${written(longest)}`
  return `${length(times[Math.ceil(times.length / 2) - 1])} ${times.length}${of} ${range}`
}

function incidentOf({ incidents }: MonthFacts, row: Row) {
  return incidents.find(({ key }) => row['Incident']?.startsWith(key))
}

function incidents(facts: MonthFacts, row: Row): Expected {
  const one = incidentOf(facts, row)
  return {
    Incident: one?.key,
    Level: one?.level?.toString(),
    Opened: stamp(one?.openedAt),
    'Harm stopped after': length(between(one?.impactStartedAt, one?.mitigatedAt)),
    Resolved: stamp(one?.resolvedAt),
  }
}

function answers(facts: MonthFacts, row: Row): Expected {
  const one = incidentOf(facts, row)
  const most = Math.max(...(one?.cost ?? []).map(({ budgetPpm }) => budgetPpm))
  return {
    Incident: one?.key,
    'Detected after': length(between(one?.impactStartedAt, one?.detectedAt)),
    'Taken after': length(between(one?.detectedAt, one?.acknowledgedAt)),
    'Budget that it cost': Number.isFinite(most) ? left(most) : '',
    Fixes: one?.fixes?.join(' '),
  }
}

export function times({ incidents: all }: MonthFacts, row: Row): Expected {
  const label = row['From and to'] ?? ''
  const real = all.filter(({ drill }) => !drill)
  const taken = real.flatMap((one) => {
    if (label.startsWith('Detected')) return one.level === 1 ? [between(one.detectedAt, one.acknowledgedAt)] : []
    return [between(one.impactStartedAt, label.endsWith('detected') ? one.detectedAt : one.mitigatedAt)]
  })
  const known = taken.filter((ms) => ms !== undefined).sort((a, b) => a - b)
  return {
    'From and to': label.startsWith('Detected') ? 'level 1' : '',
    Number: count(known.length),
    Median: length(known[Math.ceil(known.length / 2) - 1]),
    ...{ Shortest: length(known[0]), Longest: length(known.at(-1)) },
  }
}

function rates({ fixes, statistics }: MonthFacts, row: Row): Expected {
  const { onTime, stock, clearance } = fixes
  const parts: Readonly<Record<string, typeof stock | undefined>> = {
    ...{ 'On time': onTime.share, 'Stock rate': stock, Clearance: clearance },
    'On time by the date agreed last': statistics?.byPresentDate,
  }
  const part = parts[row['Rate'] ?? '']
  if (part === undefined || part.denominator === 0) return {}
  const { numerator, denominator } = part
  const value = denominator < FEWEST ? '' : percent(numerator, denominator, 0)
  return { Value: value, Fixes: `${count(numerator)} ${count(denominator)}` }
}

function monthly({ statistics }: MonthFacts, _: Row, at: number): Expected {
  const { rates: all = [], netFlow = [] } = statistics ?? {}
  const one = all[at]
  if (one === undefined) return {}
  const net = netFlow[at]?.net ?? 0
  return {
    Month: one.month.slice(0, 4),
    'Stock rate': share(one.stock),
    'On time': share(one.onTime),
    'Open fixes, change': `${net < 0 ? '−' : ''}${Math.abs(net)}`,
  }
}

function flow({ fixes }: MonthFacts): Expected {
  const { openAtStart, created, returned, done, dropped, openAtEnd } = fixes.flow
  return {
    ...{ 'Open at start': count(openAtStart), '+ New': count(created), '+ Returned': count(returned) },
    ...{ '− Done': count(done), '− Dropped': count(dropped), '= Open at end': count(openAtEnd) },
  }
}

function ageing({ fixes, statistics }: MonthFacts, _: Row, at: number): Expected {
  const { buckets } = fixes.ageing
  const bucket = buckets[at]
  if (bucket === undefined) return {}
  const { fromDays, toDays, open, overdue } = bucket
  return {
    Age: toDays === undefined ? String(fromDays - 1) : `${fromDays} ${toDays}`,
    ...{ Open: count(open), Overdue: count(overdue) },
    'A month before': count(statistics?.ageing.atStart?.[at]?.open ?? 0),
    'Portion of all open fixes (dark: overdue)': percent(open, fixes.open.length, 0),
    'Budget burnt behind them': burnt(statistics?.ageing.weights[at]?.burnt ?? []),
  }
}

function openFix(facts: MonthFacts, row: Row): Expected {
  const fix = facts.fixes.open.find(({ key }) => key === row['Fix'])
  if (fix === undefined) return {}
  return {
    ...{ Fix: fix.key, From: fix.incident, Age: days(fix.ageDays), 'First promised': fix.firstDue },
    Due: fix.postponements === 0 ? fix.due : `${fix.due} ${fix.firstDue} ${fix.postponements}`,
    ...{ 'Agreed last': fix.due, Since: fix.blocked?.since },
    'Put off': fix.postponements === 0 ? '' : count(fix.postponements),
    Overdue: fix.overdueDays === 0 ? '' : days(fix.overdueDays),
  }
}

/** Whether a fix of a month can have had so many days. */
function couldBe(within: number, month: string, at: string): boolean {
  return (Date.parse(at.slice(0, 10)) - Date.parse(`${month}-01`)) / 86_400_000 >= within
}

function cohorts({ fixes, statistics, generatedAt }: MonthFacts, _: Row, at: number): Expected {
  const cohort = fixes.cohorts[at]
  if (cohort === undefined) return {}
  const estimates = statistics?.estimates.find(({ month }) => month === cohort.month)?.within ?? []
  const cells = cohort.within.map(({ days: within, share: part, matured }) => {
    const ppm = estimates.find((one) => one.days === within)?.donePpm ?? 0
    const isTold = !matured && part.denominator >= FEWEST && couldBe(within, cohort.month, generatedAt)
    return [`Within ${within} days`, `${share(part)} ${isTold ? percent(ppm, 1_000_000, 0) : ''}`] as const
  })
  return { 'Created in': cohort.month.slice(0, 4), New: count(cohort.created), ...Object.fromEntries(cells) }
}

function exposed({ statistics }: MonthFacts, row: Row): Expected {
  const all = statistics?.debt.exposed ?? []
  return { 'Of its budget': burnt(all.filter(({ objective }) => objective === row['Objective'])) }
}

function worth({ statistics }: MonthFacts, row: Row): Expected {
  const one = statistics?.debt.worth.find(({ fix }) => fix === row['Fix'])
  if (one === undefined) return {}
  const { fix, incidents: asked, repeats } = one
  return { Fix: fix, 'Of its budget': burnt(one.burnt), Incidents: asked.join(' '), Repeats: count(repeats) }
}

function lacking({ statistics }: MonthFacts, row: Row): Expected {
  const { virtual = [], goals } = statistics?.debt ?? {}
  const one = virtual.find(({ incident }) => incident === row['Incident'])
  const told = (one?.reasons ?? []).map((reason) => {
    if (reason === 'slowDetection') return length(goals?.detectMs)
    if (reason === 'slowMitigation') return length(goals?.mitigateMs)
    return reason === 'noFixes' ? 'level 1' : ''
  })
  return { Incident: one?.incident, 'What is missing': told.join(' ') }
}

function repeats({ statistics }: MonthFacts, row: Row): Expected {
  const isOpen = statistics?.debt.repeats.find(
    ({ incident, fix }) => incident === row['Incident'] && fix === row['Fix'],
  )
  const done = statistics?.watched.find(
    ({ key, incidents: all }) => key === row['Fix'] && all.includes(row['Incident'] ?? ''),
  )
  const since = isOpen?.openSince ?? done?.doneAt.slice(0, 10)
  if (since === undefined) return {}
  return { Incident: row['Incident'], Fix: row['Fix'], 'The fix when it began': since }
}

function watched({ statistics }: MonthFacts, row: Row): Expected {
  const one = statistics?.watched.find(({ key }) => key === row['Fix'])
  if (one === undefined) return {}
  const told = { Fix: one.key, Done: one.doneAt.slice(0, 10), Incidents: one.incidents.join(' ') }
  return { ...told, 'Watched for': days(one.days) }
}

function restated({ statistics }: MonthFacts, _: Row, at: number): Expected {
  const one = statistics?.restatements[at]
  if (one === undefined) return {}
  const written = (value: typeof one.was) =>
    typeof value === 'number' ? count(value) : `${value.numerator} ${value.denominator}`
  return { 'When it ended': written(one.was), Now: written(one.is) }
}

function alerts({ alerts: all }: MonthFacts, row: Row): Expected {
  const one = all.find(({ level }) => row['Level']?.startsWith(String(level)))
  if (one === undefined) return {}
  const { level, fired, resolved, stillOpen, actedOn = 0, atNight = 0 } = one
  return {
    ...{ Level: String(level), Fired: count(fired), Resolved: count(resolved), 'Still open': count(stillOpen) },
    'Acted on': share({ numerator: actedOn, denominator: fired }),
    'Not acted on': share({ numerator: fired - actedOn, denominator: fired }),
    'At night': count(atNight),
  }
}

function silences({ silences: all = [] }: MonthFacts, row: Row): Expected {
  const one = all.find(({ reason }) => reason === row['Reason'])
  if (one === undefined) return {}
  return { Silences: count(one.silences), For: length(one.seconds * 1_000), 'Alerts concerned': count(one.alerts) }
}

function drills({ drills: month }: MonthFacts, row: Row): Expected {
  const one = month?.held.find(({ key }) => key === row['Drill'])
  return {
    ...{ Drill: one?.key, Level: one?.level.toString(), Began: stamp(one?.startedAt) },
    ...{ 'Rang after': length(one?.rangMs), 'Told after': length(one?.toldMs) },
    ...{ 'Taken after': length(one?.ackedMs), 'Over after': length(one?.resolvedMs) },
  }
}

/** By what a table is called, or by its section. */
export const WORK_TABLES: Readonly<Record<string, Formula>> = {
  'In 30 seconds': tiles,
  'Decisions asked': (_, row) => ({ Ask: row['Ask'] }),
  'Asked last month': (_, row) => ({ Ask: row['Ask'] }),
  Incidents: incidents,
  'How they were answered': answers,
  'Times of the response': times,
  'Permanent fixes': ({ fixes }) => ({
    'Stock rate': share(fixes.stock),
    'On time': `${share(fixes.onTime.share)} ${percent(fixes.onTime.targetPpm, 1_000_000, 0)}`,
  }),
  Rates: rates,
  'Both rates, month by month': monthly,
  'Where the open fixes come from': flow,
  'Open fixes by age': ageing,
  'Overdue fixes, the oldest first': openFix,
  'Blocked fixes': openFix,
  'Open fixes as of': openFix,
  'Fixes that are due': ({ fixes }, row) => ({
    Fix: row['Fix'],
    Due: fixes.open.find(({ key }) => key === row['Fix'])?.due,
  }),
  'Fixes done, by month of creation': cohorts,
  'Budget burnt by incidents whose fix is still open': exposed,
  'What each open fix would stop': worth,
  'Incidents that should have led to a fix and did not': lacking,
  Repeats: repeats,
  'Do the fixes that were done work?': watched,
  'Restated since the month ended': restated,
  'Accepted risks': ({ fixes }, row) => ({
    Fix: row['Fix'],
    Until: fixes.acceptedRisks.find(({ key }) => key === row['Fix'])?.until,
  }),
  'Alerts by level': alerts,
  'What was kept quiet': silences,
  Drills: drills,
}

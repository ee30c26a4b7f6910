import type { MonthFacts } from '@tabiji/core/report'
import type { Row, Table } from './tables.ts'
import { count, events, left, length, percent, placesBeside, stamp, target, used } from './written.ts'

export type Objective = MonthFacts['journeys'][number]['objectives'][number]
/** What the cells of a row have to say, by column; a column that is not named has no number. */
export type Expected = Readonly<Record<string, string | undefined>>
export type Formula = (facts: MonthFacts, row: Row, at: number, table: Table) => Expected

const NOTHING: Expected = {}

export function journeyNamed({ journeys }: MonthFacts, title: string) {
  const found = journeys.find(({ title: { en }, name }) => title === en || title.endsWith(` ${en} (${name})`))
  return found ?? journeys.find(({ title: { en } }) => title.endsWith(` ${en}`))
}

export function objectiveNamed(facts: MonthFacts, title: string, name = ''): Objective | undefined {
  const [plain] = name.split(' (')
  return journeyNamed(facts, title)?.objectives.find((one) => one.name === plain)
}

/** The objective that the caption of a part names behind its colon, or that the title of what is folded away ends with. */
function objectiveOf(facts: MonthFacts, { part, caption }: Table): Objective | undefined {
  return objectiveNamed(
    facts,
    part,
    caption
      .split(/: | of /)
      .at(-1)
      ?.replace(' was changed', ''),
  )
}

function targetsOf({ parts }: Objective): string {
  const targets = parts.map(({ targetPpm }) => targetPpm)
  return targets
    .filter((one, i) => one !== targets[i - 1])
    .map(target)
    .join(' → ')
}

function resultOf(objective: Objective): Expected {
  const { bad, valid, targetPpm, unjudged, allowedMillionths } = objective
  return {
    Target: targetsOf(objective),
    'Bad / allowed': valid === 0 ? '' : `${count(bad)} / ${events(allowedMillionths)}`,
    ...(unjudged === undefined && {
      Result: percent(valid - bad, valid, placesBeside(targetPpm)),
      'Budget used': used(objective),
    }),
  }
}

/** Percentage points by which the result differs from that of the month before, cut; nothing of too few. */
function change(month: string, { before = [], bad, valid, met, targetPpm }: Objective): string {
  const [year = 0, number = 0] = month.split('-').map(Number)
  const previous = number === 1 ? `${year - 1}-12` : `${year}-${String(number - 1).padStart(2, '0')}`
  const was = before.find((one) => one.month === previous)
  if (was?.met === undefined || met === undefined || (bad < 5 && was.bad < 5)) return ''
  const difference = BigInt(was.bad) * BigInt(valid) - BigInt(bad) * BigInt(was.valid)
  const of = BigInt(valid) * BigInt(was.valid)
  const points = percent(difference < 0n ? -difference : difference, of, placesBeside(targetPpm))
  return /[1-9]/.test(points) ? points : '0'
}

function glance(facts: MonthFacts, row: Row): Expected {
  const objective = objectiveNamed(facts, row['Journey'] ?? '', row['Objective'])
  return objective === undefined
    ? NOTHING
    : { ...resultOf(objective), 'Since last month': change(facts.month, objective) }
}

function appendix(facts: MonthFacts, row: Row, _: number, { part }: Table): Expected {
  const objective = objectiveNamed(facts, part, row['Objective'])
  if (objective === undefined) return NOTHING
  const { window } = objective
  const days = window.kind === 'rolling' ? window.ms / 86_400_000 : ''
  return { ...resultOf(objective), 'Alerts on': String(days) }
}

function burnDown(facts: MonthFacts, _: Row, at: number, table: Table): Expected {
  const { days = [], allowedMillionths = 0 } = objectiveOf(facts, table) ?? {}
  const day = days[at]
  if (day === undefined) return NOTHING
  const bad = days.slice(0, at + 1).reduce((sum, one) => sum + one.bad, 0)
  const over = (BigInt(allowedMillionths) - BigInt(bad) * 1_000_000n) * 1_000n
  const allowed = BigInt(allowedMillionths)
  const tenths = over < 0n ? -((-over + allowed - 1n) / allowed) : over / allowed
  return { Day: day.date, Bad: count(day.bad), Counted: count(day.valid), 'Budget left': left(Number(tenths) * 1_000) }
}

function eachDay(facts: MonthFacts, _: Row, at: number, table: Table): Expected {
  const day = objectiveOf(facts, table)?.days?.[at]
  if (day === undefined) return NOTHING
  return { Day: day.date, Bad: count(day.bad), Allowed: events(day.allowedMillionths), Counted: count(day.valid) }
}

function spent(facts: MonthFacts, _: Row, at: number, table: Table): Expected {
  const { spent: parts = [], allowedMillionths = 0 } = objectiveOf(facts, table) ?? {}
  const part = parts[at]
  if (part === undefined) return NOTHING
  return {
    Which: part.key,
    When: part.from === undefined ? String(part.days) : `${stamp(part.from)} to ${stamp(part.to)}`,
    Bad: count(part.bad),
    'Of the budget': percent(BigInt(part.bad) * 1_000_000n, allowedMillionths, 1),
  }
}

function steps(facts: MonthFacts, row: Row, _: number, { part }: Table): Expected {
  const found = journeyNamed(facts, part)?.steps.find(({ name }) => name === row['Step'])
  const [good = 0, slow = 0, failed = 0, excluded = 0] = found?.counts ?? []
  return {
    Events: count(good + slow + failed + excluded),
    ...{ Good: count(good), Slow: count(slow), Failed: count(failed), Excluded: count(excluded) },
  }
}

function stretches(facts: MonthFacts, _: Row, at: number, table: Table): Expected {
  const part = objectiveOf(facts, { ...table, caption: table.caption.replace('The target', '') })?.parts[at]
  if (part === undefined) return NOTHING
  const allowed = events(part.valid * (1_000_000 - part.targetPpm))
  const bounds = { From: stamp(part.from), To: stamp(part.to) }
  return { ...bounds, Target: target(part.targetPpm), 'Bad / allowed': `${count(part.bad)} / ${allowed}` }
}

function policy(facts: MonthFacts, row: Row): Expected {
  const journey = journeyNamed(facts, row['Journey'] ?? '')
  const objective = journey?.objectives.find(({ name }) => name === journey.policy?.objective)
  return {
    Since: journey?.policy?.since,
    'Budget left': objective?.leftPpm === undefined ? '' : left(objective.leftPpm),
  }
}

function revisions({ definition }: MonthFacts, _: Row, at: number): Expected {
  const revision = definition.revisions[at]
  const targets = (revision?.targets ?? []).map(
    ({ beforePpm = 0, afterPpm = 0 }) => `${target(beforePpm)} → ${target(afterPpm)}`,
  )
  return { Since: stamp(revision?.at), 'Journeys file': revision?.fingerprint, 'Targets that changed': targets.join() }
}

function corrections({ corrections: all = [] }: MonthFacts, _: Row, at: number): Expected {
  const one = all[at]
  if (one === undefined) return NOTHING
  const { key, stretches: parts, seconds } = one
  return {
    ...{ Correction: key, From: stamp(parts[0]?.from), To: stamp(parts.at(-1)?.to), Stretches: count(parts.length) },
    'Time left out': length(seconds * 1_000),
    'Events in it': count(one.events),
  }
}

/** By what a table is called, or by its section. */
export const JOURNEY_TABLES: Readonly<Record<string, Formula>> = {
  'Journeys at a glance': glance,
  'Budget left, day by day': burnDown,
  'Where the budget went': spent,
  'Error-budget policy': policy,
  'Changes of the journeys file': revisions,
  Corrections: corrections,
  'Objectives of': appendix,
  'Events of': steps,
  'Each day of': eachDay,
  'The target of': stretches,
}

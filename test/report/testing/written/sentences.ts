import type { MonthFacts } from '@tabiji/core/report'
import { lastDateOf } from '../calendar.ts'
import { journeyNamed, type Objective, objectiveNamed } from './journey-tables.ts'
import { times, verdictsOf } from './work-tables.ts'
import { between, count, exact, FEWEST, left, length, percent, placesBeside, stamp, target, used } from './written.ts'

/** The numbers of a sentence, from the facts, from the sentence's own words, and from the heading that it stands under. */
type Said = (facts: MonthFacts, sentence: string, part: string) => string

const result = ({ bad, valid, targetPpm }: Objective) => percent(valid - bad, valid, placesBeside(targetPpm))
const ofBudget = (bad: number, { allowedMillionths }: Objective, places: number) =>
  percent(BigInt(bad) * 1_000_000n, allowedMillionths, places)

/** The objective that a sentence begins with, or names after `of`, in the part of its journey. */
function about(facts: MonthFacts, sentence: string, part: string): Objective | undefined {
  const [, name] = sentence.match(/^(?:Tier \d\. )?(?:Budget of |Bad events of )?(\S+) /) ?? []
  return objectiveNamed(facts, part, name)
}

const ofObjective =
  (said: (objective: Objective) => string): Said =>
  (facts, sentence, part) => {
    const objective = about(facts, sentence, part)
    return objective === undefined ? '' : said(objective)
  }

/** The worst of the journey that a sentence of the summary begins with: missed, with least left. */
function missedIn(facts: MonthFacts, sentence: string): Objective | undefined {
  const journey = facts.journeys.find(({ title }) => sentence.startsWith(title.en))
  return journey?.objectives.filter(({ met }) => met === false).sort((a, b) => (a.leftPpm ?? 0) - (b.leftPpm ?? 0))[0]
}

/** The first that is missed, or has least left of those that are judged under one target: the report's own example. */
function exampleOf({ journeys }: MonthFacts): Objective | undefined {
  const judged = journeys
    .flatMap(({ objectives }) => objectives)
    .filter(({ met, parts }) => met !== undefined && parts.length === 1)
  return judged.sort((a, b) => (a.leftPpm ?? 0) - (b.leftPpm ?? 0))[0]
}

/** By kind of cause, in the order of the facts. */
function causes(objective: Objective): string {
  const sums = new Map<string, number>()
  for (const { on, bad } of objective.spent ?? []) sums.set(on, (sums.get(on) ?? 0) + bad)
  return [...sums.values()].map((bad) => ofBudget(bad, objective, 1)).join(' ')
}

function worstDay({ days = [], bad }: Objective): string {
  const [most] = days.toSorted((a, b) => b.bad - a.bad)
  return `${most?.date} ${count(most?.bad ?? 0)} ${count(bad)}`
}

function drip(facts: MonthFacts): string {
  const [worst] = facts.journeys
    .flatMap(({ objectives }) => objectives)
    .sort((a, b) => (a.leftPpm ?? 1e9) - (b.leftPpm ?? 1e9))
  const part = worst?.spent?.find(({ on }) => on === 'drip')
  return worst === undefined || part === undefined ? '' : `${ofBudget(part.bad, worst, 0)} ${part.days}`
}

function coverage({ coverage: { readSlots, expectedSlots } }: MonthFacts['journeys'][number], places: number): string {
  const missing = expectedSlots - readSlots
  return `${count(missing)} ${percent(missing, expectedSlots, places)}`
}

/** What is said of a journey in the appendix behind its tier: unread time, too little traffic, corrections. */
const tier: Said = (facts, sentence, part) => {
  const journey = journeyNamed(facts, part)
  if (journey === undefined) return ''
  const corrected = journey.objectives.flatMap(({ name, raw, targetPpm }) => {
    if (raw === undefined || !sentence.includes(`${name} leaves`)) return []
    return [percent(raw.valid - raw.bad, raw.valid, placesBeside(targetPpm)), count(raw.bad), count(raw.valid)]
  })
  const few = journey.objectives.flatMap((one) =>
    sentence.includes(`${one.name} is not judged: with`) ? [count(one.valid), ofBudget(1, one, 0)] : [],
  )
  return [sentence.startsWith('Tier') ? journey.tier : '', ...few, ...corrected].join(' ')
}

const unread: Said = (facts, _, part) => {
  const journey = journeyNamed(facts, part)
  return journey === undefined ? '' : `${coverage(journey, 3)} ${count(journey.coverage.expectedSlots)}`
}

const onTime: Said = ({
  fixes: {
    onTime: { share, targetPpm },
  },
}) => {
  const told = share.denominator < FEWEST ? '' : percent(share.numerator, share.denominator, 0)
  return `${share.numerator} ${share.denominator} ${told} ${target(targetPpm)}`
}

const stock: Said = ({
  fixes: {
    stock: { numerator, denominator },
  },
}) => `${numerator} ${denominator} ${denominator < FEWEST ? '' : percent(numerator, denominator, 0)}`

/** The formulas at the end of the report, each with what it comes to. */
const formula: Said = (facts, sentence) => {
  const {
    flow,
    onTime: { share },
  } = facts.fixes
  const one = exampleOf(facts)
  const start = [flow.openAtStart, flow.created, flow.returned].map(count).join(' ')
  const come = (part: number, of: number) => (of < FEWEST ? '' : percent(part, of, 0))
  const onTable = flow.openAtStart + flow.created + flow.returned - flow.dropped
  const known = [
    ...(one === undefined
      ? []
      : [
          `${count(one.valid)} ${count(one.bad)} ${count(one.valid)} ${result(one)}`,
          `${count(one.valid)} 100 ${target(one.targetPpm)} ${exact(one.allowedMillionths)}`,
          `${count(one.bad)} ${exact(one.allowedMillionths)} ${used(one)}`,
        ]),
    `${share.numerator} ${share.denominator} ${come(share.numerator, share.denominator)}`,
    `${flow.done} ${start} ${flow.dropped} ${come(flow.done, onTable)}`,
    `${flow.done} ${flow.created} ${come(flow.done, flow.created)}`,
    `${start} ${flow.done} ${flow.dropped} ${flow.openAtEnd}`,
  ]
  const plain = sentence.replace(/^This month: /, '')
  return known.find((numbers) => sameOrder(numbers, plain)) ?? known.join(' | ')
}

function sameOrder(numbers: string, sentence: string): boolean {
  const found = sentence.match(/\d+(,\d{3})*(\.\d+)?/g) ?? []
  return numbers.trim().split(/\s+/).join(' ') === found.join(' ')
}

/** How a sentence begins, and what numbers it has. Those that are the same in every report are written out. */
export const SENTENCES: readonly (readonly [RegExp, Said])[] = [
  [/^Reliability report/, ({ month }) => month.slice(0, 4)],
  [/^Data until/, ({ dataUntil, generatedAt }) => `${stamp(dataUntil)} ${stamp(generatedAt)}`],
  [/^\d{4}-\d\d-\d\d to/, ({ month }) => `${month}-01 ${lastDateOf(month)}`],
  [
    /^Data completeness/,
    ({ journeys }) => {
      const sum = (of: 'readSlots' | 'expectedSlots') => journeys.reduce((all, one) => all + one.coverage[of], 0)
      return percent(sum('readSlots'), sum('expectedSlots'), 2)
    },
  ],
  [/^Journeys file/, ({ definition }) => definition.fingerprint],
  [
    / missed its target/,
    (facts, sentence) => {
      const one = missedIn(facts, sentence)
      return one === undefined ? '' : `${result(one)} ${target(one.targetPpm)}`
    },
  ],
  [/^No single event stands out/, drip],
  [/^All \d+ judged journeys/, (facts) => String(verdictsOf(facts).judged)],
  [
    /^\d+ results? leaves? corrected/,
    ({ journeys }) =>
      String(journeys.flatMap(({ objectives }) => objectives).filter(({ raw }) => raw !== undefined).length),
  ],
  [
    /^\d+ of \d+ open fixes/,
    ({ fixes: { ageing, open } }) =>
      `${ageing.overdue} ${open.length} ${Math.max(...open.map(({ overdueDays }) => overdueDays))}`,
  ],
  [/ was missed \(/, ofObjective((one) => `${result(one)} ${target(one.targetPpm)} ${used(one)}`)],
  [/ of its error budget left\.$/, ofObjective(({ leftPpm = 0 }) => left(leftPpm))],
  [/^Budget of/, ofObjective(({ leftPpm = 0 }) => left(leftPpm))],
  [/^Bad events of \S+ by cause/, ofObjective(causes)],
  [/^Bad events of \S+ over/, ofObjective(worstDay)],
  [/^By the judged objective/, () => '25 0'],
  [
    /^Of \d+ incidents with stated times/,
    ({ incidents }) => {
      const known = incidents.flatMap((one) => (one.drill ? [] : (between(one.impactStartedAt, one.mitigatedAt) ?? [])))
      const sorted = known.sort((a, b) => a - b)
      const [middle, last] = [sorted[Math.ceil(sorted.length / 2) - 1], sorted.at(-1)]
      return `${sorted.length} ${length(middle)} ${length(sorted[0])} ${length(last)}`
    },
  ],
  [
    /^\d+ incidents? with stated times/,
    ({ incidents }) =>
      String(
        incidents.filter((one) => !one.drill && between(one.impactStartedAt, one.mitigatedAt) !== undefined).length,
      ),
  ],
  [/^\d+ drills? (is|are) listed/, ({ incidents }) => String(incidents.filter(({ drill }) => drill).length)],
  [
    /^(Impact|Detected) → /,
    (facts, sentence) => {
      const told = times(facts, { 'From and to': sentence.slice(0, sentence.indexOf(':')) })
      return `${told['From and to']} ${told['Number']} ${told['Median']}`
    },
  ],
  [/^\d+ of \d+ fixes due/, onTime],
  [/^\d+ of the \d+ fixes on the table/, stock],
  [/^\d+ more w(as|ere) due/, ({ fixes }) => String(fixes.onTime.accepted)],
  [/^The on-time rate is provisional/, ({ fixes }) => `${fixes.onTime.provisionalUntil} 30`],
  [/^\d+ fixes are open/, ({ fixes: { open, ageing } }) => `${open.length} ${ageing.overdue} ${ageing.oldestDays}`],
  [/^Overdue days add up/, ({ fixes }) => count(fixes.ageing.overdueDays)],
  [/^\d+ (is|are) past the date/, ({ fixes }) => String(fixes.ageing.pastFirstDue)],
  [/^Due dates were put off/, ({ fixes: { postponed } }) => `${postponed.moves} ${postponed.fixes}`],
  [/^Half of the open fixes/, ({ statistics }) => `${statistics?.ageing.medianDays} ${statistics?.ageing.p90Days}`],
  [/^Open fixes by age: /, ({ fixes: { open, ageing } }) => `${open.length} ${ageing.overdue}`],
  [/^Open fixes as of/, ({ fixes }) => fixes.asOf],
  [
    /^Of the open fixes/,
    ({ statistics }) =>
      Object.values(statistics?.waiting ?? {})
        .filter((waiting) => waiting > 0)
        .join(' '),
  ],
  [/^At the pace of/, ({ statistics }) => String(statistics?.daysToClear)],
  [/^A line for each month of creation/, () => '30 60 90'],
  [
    /^\d+ incidents? repeated a cause whose fix was still open/,
    ({ statistics, incidents }) =>
      String(statistics?.debt.repeats.filter(({ incident }) => incidents.some(({ key }) => key === incident)).length),
  ],
  [
    /^\d+ incidents? repeated a cause whose fix was done/,
    ({ statistics, incidents }) => {
      const back = (statistics?.watched ?? []).flatMap((one) => one.incidents)
      return String(back.filter((one) => incidents.some(({ key }) => key === one)).length)
    },
  ],
  [/^\d+ drills? w(as|ere) held/, ({ drills }) => String(drills?.held.length)],
  [/^Of \d+ journeys of tier 1/, ({ drills }) => `${drills?.tierOne.journeys} 1 ${drills?.tierOne.practised} 90`],
  [
    /^Of \d+ alerts of level 1 and 2/,
    ({ alerts }) => {
      const loud = alerts.filter(({ level }) => level < 3)
      const sum = (of: 'fired' | 'actedOn') => loud.reduce((all, one) => all + (one[of] ?? 0), 0)
      return `${sum('fired')} 1 2 ${sum('actedOn')}`
    },
  ],
  [
    /: \d+ time slots are missing/,
    (facts, sentence) => {
      const journey = facts.journeys.find(({ title }) => sentence.startsWith(`${title.en}:`))
      return journey === undefined ? '' : coverage(journey, 2)
    },
  ],
  [/^\d+ of \d+ time slots are missing/, unread],
  [/^Tier \d/, tier],
  [/^This month: /, formula],
  [/^Allowed: Valid events/, () => '100'],
  [/^Above 100 % the target/, () => '100'],
  [/^States: By the budget left/, () => '50 25 0'],
]

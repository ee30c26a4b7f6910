import { DAY, formatDuration, HOUR, isoIn } from '@tabiji/core/time'
import type { JourneyAdvice, ObjectiveAdvised, StepAdvice } from '../../app/advise.ts'
import { table } from '../terminal/table.ts'
import { when } from '../terminal/when.ts'
import { amount, count, SAMPLE } from './ledger-text.ts'

/** The advice for scripts. Counts are of the stretch; nothing in it is scaled up. */
export function adviceDocument(journey: string, { sample, from, to, steps, objectives }: JourneyAdvice, zone: string) {
  return {
    sample,
    journey,
    timeZone: zone,
    from: isoIn(from, zone),
    to: isoIn(to, zone),
    steps: steps.map(({ step: { name, withinMs }, ...rest }) => ({ name, withinMs, ...rest })),
    objectives: objectives.map(({ objective: { name, indicator, step }, ...rest }) => ({
      name,
      indicator,
      ...(step !== undefined && { step }),
      ...rest,
    })),
  }
}

/** The advice for people: times, targets, and how little traffic is too little. */
export function adviceText(journey: string, advice: JourneyAdvice, zone: string): string {
  const { from, to, steps, objectives, sample } = advice
  const days = (to - from) / DAY
  return [
    sample ? SAMPLE : '',
    `${journey}, ${when(isoIn(from, zone))} to ${when(isoIn(to, zone))}\n`,
    timesTable(steps),
    targetsTable(objectives, days),
    ...objectives.flatMap((objective) => trafficLines(objective, to - from)),
    ...steps.flatMap(measuredLine),
    'note: alerts are counted by replaying the stretch; what another time would have rung is not known\n',
  ].join('')
}

function timesTable(steps: readonly StepAdvice[]): string {
  const rows = steps.flatMap(({ step, measured, percentiles: { p50, p95, p99 }, withins }) =>
    withins.map(({ ms, className, inTime, meets }, i) => [
      ...(i === 0 ? [step.name, edge(p50), edge(p95), edge(p99)] : ['', '', '', '']),
      `${className === undefined ? formatDuration(ms) : `${className} (${formatDuration(ms)})`}${ms === step.withinMs ? ' promised' : ''}`,
      percent(inTime, measured),
      meets.join(', ') || '–',
    ]),
  )
  if (rows.length === 0)
    return '\nno durations are recorded: they come with scraped histograms, from the first five minutes on\n'
  return `\n${table(['STEP', 'P50', 'P95', 'P99', 'WITHIN', 'IN TIME', 'WOULD MEET'], rows)}`
}

const edge = (ms: number | undefined): string => (ms === undefined ? '–' : `≤ ${formatDuration(ms)}`)

function targetsTable(objectives: readonly ObjectiveAdvised[], days: number): string {
  const rows = objectives.flatMap(({ objective, bad, valid, targets }) =>
    targets.map(({ targetPpm, isPresent, met, alerts }, i) => [
      ...(i === 0 ? [objective.name, percent(valid - bad, valid)] : ['', '']),
      `${targetPpm / 10_000} %${isPresent ? ' promised' : ''}`,
      valid === 0 ? '–' : met ? 'yes' : 'no',
      ...([1, 2, 3] as const).map((level) => count(alerts[level])),
      days < 7 ? '–' : `≈ ${((alerts[1] * 30) / days).toFixed(1)}`,
    ]),
  )
  const head = ['OBJECTIVE', 'RESULT', 'TARGET', 'MET', 'PAGES', 'TICKETS', 'NOTICES', 'PAGES IN 30 DAYS']
  return `\n${table(head, rows)}`
}

/** Among how few events how few failures ring, beside the traffic that there was. */
function trafficLines({ objective, valid, lowTraffic }: ObjectiveAdvised, lengthMs: number): readonly string[] {
  const present = Math.floor((valid * HOUR) / lengthMs)
  const lines = lowTraffic.map(({ pair, badEvents, events }) => {
    const windows = `level ${pair.level} by ${formatDuration(pair.longMs)}/${formatDuration(pair.shortMs)}`
    if (events === 0) return `  ${windows}: so few failures never ring`
    const failures = badEvents === 1 ? 'one failure rings' : `${badEvents} failures ring`
    const hourly = Math.floor((events * HOUR) / pair.longMs) + 1
    const warning = present < hourly ? ', which this journey is' : ''
    return `  ${windows}: ${failures} below ${amount(hourly, 'event')} an hour${warning}`
  })
  return [`\n${objective.name}: ${count(present)} events an hour on average\n`, ...lines.map((line) => `${line}\n`)]
}

function measuredLine({ step, measured, booked }: StepAdvice): readonly string[] {
  if (measured >= booked) return []
  return [`note: of ${step.name} it is known how long ${count(measured)} of ${count(booked)} events took\n`]
}

/** Cut, so that a missed target never looks like a kept one. */
function percent(part: number, whole: number): string {
  return whole === 0 ? '–' : `${(Math.floor((part * 100_000) / whole) / 1000).toFixed(3)} %`
}

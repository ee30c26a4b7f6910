import { burnRateMilli, PPM, periodOf } from '../budget/index.ts'
import type { Definition, Journey, Level, Objective } from '../journey/index.ts'
import { objectiveId } from '../slo/index.ts'
import { formatDuration, parseDuration } from '../time/index.ts'
import { journeyRules } from './journey-rules.ts'
import { ALERT, badName, SLOTH, slothId, validName } from './names.ts'

/** A series of a ruler at one moment. */
export type RuledSample = { readonly labels: ReadonlyMap<string, string>; readonly value: number }

/** An alert of the written rules, as Prometheus tells it. */
export type RuledAlert = { readonly rule: string; readonly level: Level; readonly state: 'pending' | 'firing' }

/** Events of a window as `increase()` extrapolates them: estimates, seldom whole. */
export type RuledWindow = { readonly ms: number; readonly bad: number; readonly valid: number }

/** What a ruler says of one objective. */
export type Ruled = {
  /** The target in its rules: another one when they were written from another journeys file. */
  readonly targetPpm: number
  /** Ascending by length. */
  readonly windows: readonly RuledWindow[]
  readonly alerts: readonly RuledAlert[]
}

/**
 * Everything that the written rules record of objectives, and what rings by them. Recorded series have no `job`: those with
 * one were scraped, such as the collector's own under the same names.
 */
export const RULED = {
  results: `{__name__=~"${badName(0).replace('0ms', '.+')}|${validName(0).replace('0ms', '.+')}|${SLOTH.objective}", job=""}`,
  alerts: `ALERTS{alertname=~"${Object.values(ALERT).join('|')}", rule!="", job=""}`,
} as const

/**
 * Understands what a ruler recorded. An objective that is told twice, as by the rulers of two clusters behind one address, is
 * left out: their numbers are not added up, and none of them is the right one.
 *
 * @returns by objective id; `ambiguous` are the ids that were left out
 */
export function readRuled(
  { journeys }: Definition,
  results: readonly RuledSample[],
  alerts: readonly RuledSample[],
): { readonly ruled: ReadonlyMap<string, Ruled>; readonly ambiguous: readonly string[] } {
  const ruled = new Map<string, Ruled>()
  const ambiguous: string[] = []
  const bySlo = grouped(results, 'sloth_id')
  const ringing = grouped(alerts, 'sloth_id')
  for (const journey of journeys) {
    for (const objective of journey.objectives) {
      const id = objectiveId(journey.name, objective)
      const samples = bySlo.get(slothId(journey, objective)) ?? []
      const values = new Map(samples.map(({ labels, value }) => [labels.get('__name__') ?? '', value]))
      const target = values.get(SLOTH.objective)
      if (values.size < samples.length) ambiguous.push(id)
      else if (target !== undefined) {
        const windows = windowsIn(values)
        const told = (ringing.get(slothId(journey, objective)) ?? []).flatMap(alertIn)
        ruled.set(id, { targetPpm: Math.round(target * PPM), windows, alerts: told })
      }
    }
  }
  return { ruled, ambiguous }
}

/** Ids of the rules that a ruler rings by, once it has the written files: those alone are its to tell of. */
export function ruledRules(journey: Journey): readonly string[] {
  const rules = journeyRules(journey).groups.flatMap((group) => group.rules)
  return rules.flatMap((rule) => ('alert' in rule ? (rule.labels['rule'] ?? []) : []))
}

/**
 * What adds up the recorded events of a stretch, by objective: those of its shortest window, each window once. An estimate
 * of an estimate; the last, unfinished window is not in it.
 *
 * @param stretchMs ends at the time of the query and is whole windows long
 */
export function stretchExpr(part: 'bad' | 'valid', windowMs: number, stretchMs: number): string {
  const name = part === 'bad' ? badName(windowMs) : validName(windowMs)
  // A millisecond less, because Prometheus 2 takes the value at the very beginning as well.
  return `sum_over_time(${name}{job=""}[${stretchMs - 1}ms:${formatDuration(windowMs)}])`
}

/** What is left of a rolling budget by a ruler's estimate; nothing for one by calendar, which it cannot cut. */
export function ruledBudget({ window, targetPpm }: Objective, { windows }: Ruled) {
  const period = windows.find(({ ms }) => window.kind === 'rolling' && ms === periodOf(window))
  if (period === undefined || period.valid <= 0) return undefined
  // Rounded to whole events first, so that the share that is told follows from the counts beside it.
  const [bad, valid] = [Math.round(period.bad), Math.round(period.valid)]
  if (valid === 0) return { bad, valid }
  return { bad, valid, leftPpm: Math.floor(PPM - (bad * PPM * PPM) / (valid * (PPM - targetPpm))) }
}

/** Thousandths of the sustainable speed, of a ruler's estimate. */
export function ruledBurnMilli({ bad, valid }: RuledWindow, targetPpm: number): number {
  const thousandths = { bad: Math.round(bad * 1_000), valid: Math.round(valid * 1_000) }
  return burnRateMilli(thousandths, targetPpm)
}

function windowsIn(values: ReadonlyMap<string, number>): readonly RuledWindow[] {
  const windows: RuledWindow[] = []
  const prefix = validName(0).replace('0ms', '')
  for (const [name, valid] of values) {
    const ms = name.startsWith(prefix) ? parseDuration(name.slice(prefix.length)) : undefined
    if (ms === undefined || !Number.isFinite(valid)) continue
    const bad = values.get(badName(ms)) ?? 0
    if (Number.isFinite(bad)) windows.push({ ms, bad, valid })
  }
  return windows.sort((a, b) => a.ms - b.ms)
}

function alertIn({ labels }: RuledSample): readonly RuledAlert[] {
  const [rule = '', level, state] = ['rule', 'level', 'alertstate'].map((label) => labels.get(label))
  if (level !== '1' && level !== '2' && level !== '3') return []
  return [{ rule, level: Number(level) as Level, state: state === 'pending' ? 'pending' : 'firing' }]
}

function grouped(samples: readonly RuledSample[], label: string): ReadonlyMap<string, readonly RuledSample[]> {
  const groups = new Map<string, RuledSample[]>()
  for (const sample of samples) {
    const value = sample.labels.get(label) ?? ''
    groups.set(value, [...(groups.get(value) ?? []), sample])
  }
  return groups
}

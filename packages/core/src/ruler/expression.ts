import { quantileOf, type Ratio } from '../budget/index.ts'
import { type IndicatorName, LABEL, METRIC, OUTCOMES, type Policy } from '../journey/index.ts'
import { INDICATOR } from '../slo/index.ts'
import { formatDuration } from '../time/index.ts'
import { badName, countsName, lowerBoundName, ratioName, validName } from './names.ts'

/** Events of a journey's steps in a window. Only known steps count, as in the collector. */
export function countsExpr(journey: string, steps: readonly string[], windowMs: number): string {
  const known = `${LABEL.journey}="${journey}",${LABEL.step}=~"${steps.join('|')}"`
  const by = [LABEL.journey, LABEL.step, LABEL.outcome].join(', ')
  return `sum by (${by}) (increase(${METRIC.events}{${known}}[${formatDuration(windowMs)}]))`
}

/** Bad or valid events of an indicator in a window, for a journey or one step. */
export function tallyExpr(
  part: 'bad' | 'valid',
  indicator: IndicatorName,
  journey: string,
  step: string | undefined,
  windowMs: number,
): string {
  const weights = INDICATOR[indicator][part]
  const outcomes = OUTCOMES.filter((_, i) => weights[i] === 1)
  const ofStep = step === undefined ? '' : `,${LABEL.step}="${step}"`
  const which = `${LABEL.journey}="${journey}"${ofStep},${LABEL.outcome}=~"${outcomes.join('|')}"`
  return `sum(${countsName(windowMs)}{${which}})`
}

/** Nothing at all where nothing happened: 0 of 0 would be a NaN that stays in every average over it. */
export function ratioExpr(id: string, windowMs: number): string {
  return `${pick(badName(windowMs), id)} / (${pick(validName(windowMs), id)} > 0)`
}

/** The same lower end of the Wilson interval as `budget/guard.ts`, multiplied by the number of events above and below. */
export function lowerBoundExpr(id: string, windowMs: number, { confidencePercent }: Policy['guard']): string {
  const z = quantileOf(confidencePercent)
  const [bad, valid] = [pick(badName(windowMs), id), pick(validName(windowMs), id)]
  const spread = `${z} * sqrt(${bad} * (${valid} - ${bad}) / (${valid} > 0) + ${short((z * z) / 4)})`
  return `(${bad} + ${short((z * z) / 2)} - ${spread}) / (${valid} + ${short(z * z)})`
}

/** Both windows burn strictly faster than the threshold, and the long one proves it. */
export function pairExpr(
  id: string,
  longMs: number,
  shortMs: number,
  threshold: Ratio,
  { badEvents }: Policy['guard'],
): string {
  const limit = decimal(threshold)
  const burns = (windowMs: number) => `max without (sloth_window) (${pick(ratioName(windowMs), id)} > ${limit})`
  const proven = `${pick(lowerBoundName(longMs), id)} > ${limit}`
  const enough = `${pick(badName(longMs), id)} >= ${badEvents}`
  return `(\n  ${[burns(longMs), burns(shortMs), proven, enough].join('\n  and\n  ')}\n)`
}

/** The series of one objective. */
export function pick(series: string, id: string): string {
  return `${series}{sloth_id="${id}"}`
}

/**
 * A fraction as the ruler reads it. The shortest digits that give the double nearest to the fraction; a ratio of whole
 * counts that equals it is the same double, so `>` stays strict.
 */
export function decimal({ num, den }: Ratio): string {
  return String(num / den)
}

const short = (value: number): string => String(Number(value.toPrecision(10)))

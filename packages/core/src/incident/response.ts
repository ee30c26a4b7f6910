import type { Range } from '../time/index.ts'
import { hasMoved, type Spread, spreadOf, type Timing } from './spread.ts'
import type { Incident } from './state.ts'

/**
 * What is measured of the response, each between two stated clocks (incident.md §3.1): `detect` from the beginning of the impact to
 * its detection, `notify` from there to the first confirmed delivery, `acknowledge` from there to somebody who has it, `mitigate`
 * and `resolve` from the beginning of the impact to the end of the pain and of the work.
 */
export const RESPONSE_MEASURES = ['detect', 'notify', 'acknowledge', 'mitigate', 'resolve'] as const
export type ResponseMeasure = (typeof RESPONSE_MEASURES)[number]

export type ResponseTimes = {
  /** Incidents whose impact began in the stretch. */
  readonly incidents: number
  /** Left out: practice. */
  readonly drills: number
  /** Not resolved yet, so in no time to resolve: long ones must not flatter the month. */
  readonly open: number
  /** Seen first by an alert or the books ÷ those of which it is known who saw them first. */
  readonly detectedByUs: { readonly numerator: number; readonly denominator: number }
  readonly measures: {
    readonly [measure in ResponseMeasure]: Spread & {
      /** Incidents of which one of the two clocks is not known. */
      readonly unknown: number
      /** Whether it differs from the stretch before by more than chance. */
      readonly moved: boolean
    }
  }
}

/**
 * How quickly incidents were answered.
 *
 * @param within the stretch in which their impact began, milliseconds
 * @param before the stretch that it is compared with
 */
export function responseTimes(incidents: readonly Incident[], within: Range, before: Range): ResponseTimes {
  const began = ({ from, to }: Range) =>
    incidents.filter((incident) => impactStart(incident) >= from && impactStart(incident) < to)
  const [counted, earlier] = [began(within), began(before)].map((all) => all.filter(({ drill }) => !drill))
  const real = counted ?? []
  const seen = real.flatMap(({ times }) => (times.detected === undefined ? [] : [times.detected.origin]))
  const measured = RESPONSE_MEASURES.map((measure) => {
    const concerned = real.filter((incident) => concerns(measure, incident))
    const timings = timingsOf(measure, concerned)
    const past = timingsOf(
      measure,
      (earlier ?? []).filter((incident) => concerns(measure, incident)),
    )
    const told = { ...spreadOf(timings), unknown: concerned.length - timings.length, moved: hasMoved(timings, past) }
    return [measure, told] as const
  })
  return {
    incidents: real.length,
    drills: began(within).length - real.length,
    open: real.filter(({ resolvedAt }) => resolvedAt === undefined).length,
    detectedByUs: { numerator: seen.filter((origin) => origin !== 'person').length, denominator: seen.length },
    measures: Object.fromEntries(measured) as ResponseTimes['measures'],
  }
}

/** When the impact began: as the books or somebody said, else when it was noticed. */
export function impactStart({ times, openedAt, before }: Incident): number {
  const noticed = Math.min(times.detected?.at ?? openedAt, openedAt, before?.noticed?.at ?? openedAt)
  return times.impactStarted?.at ?? noticed
}

/** A time of the response to one incident, milliseconds; absent while one of its two clocks is not known. */
export function responseTime(measure: ResponseMeasure, { times, resolvedAt }: Incident): number | undefined {
  const began = times.impactStarted?.at
  switch (measure) {
    case 'detect':
      return between(began, times.detected?.at)
    case 'notify':
      return between(times.detected?.at, times.delivered?.at)
    case 'acknowledge':
      return between(times.delivered?.at, times.acknowledged?.at)
    case 'mitigate':
      return between(began, times.mitigated?.at)
    case 'resolve':
      return between(began, resolvedAt)
  }
}

/** Nobody has to take what waits for the next business day at once: only pages have a time to acknowledge. */
function concerns(measure: ResponseMeasure, { level, resolvedAt }: Incident): boolean {
  if (measure === 'acknowledge') return level === 1
  return measure !== 'resolve' || resolvedAt !== undefined
}

function timingsOf(measure: ResponseMeasure, incidents: readonly Incident[]): Timing[] {
  return incidents.flatMap((incident) => {
    const ms = responseTime(measure, incident)
    return ms === undefined ? [] : [{ key: incident.key, ms }]
  })
}

function between(from: number | undefined, to: number | undefined): number | undefined {
  // Somebody may see to it before the first message has arrived: that took no time.
  return from === undefined || to === undefined ? undefined : Math.max(0, to - from)
}

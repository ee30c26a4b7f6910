import { parseDuration, SECOND } from '../time/index.ts'
import { INDICATORS, type Objective, type Route } from './definition.ts'

/** What may stand in a label of a metric, a file name and a URL without being quoted. */
export const NAME = /^[a-z][a-z0-9-]{0,62}$/

export const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const

/**
 * Reads a percentage with at most 4 decimals exactly: its digits are moved, never multiplied, so 99.95 is 999500 and not
 * 999500.0000000001.
 *
 * @returns parts per million, or `undefined` for anything negative, finer, or written with an exponent
 */
export function parsePercent(percent: number): number | undefined {
  const match = /^(\d{1,6})(?:\.(\d{1,4}))?$/.exec(String(percent))
  if (match === null) return undefined
  const [, whole = '', decimals = ''] = match
  return Number(whole + decimals.padEnd(4, '0'))
}

/** Reads a share such as `10%` or `2.5 %` as parts per million; `undefined` unless above 0 and at most 100 %. */
export function parseShare(text: string): number | undefined {
  const match = /^(\d+(?:\.\d+)?) ?%$/.exec(text)
  const ppm = match === null ? undefined : parsePercent(Number(match[1]))
  return ppm !== undefined && ppm > 0 && ppm <= 1_000_000 ? ppm : undefined
}

/** Reads a factor with at most 3 decimals, such as 14.4, as thousandths; `undefined` unless above 0. */
export function parseFactor(factor: number): number | undefined {
  const match = /^(\d{1,6})(?:\.(\d{1,3}))?$/.exec(String(factor))
  if (match === null) return undefined
  const [, whole = '', decimals = ''] = match
  return Number(whole + decimals.padEnd(3, '0')) || undefined
}

/** Reads the length of an alerting window: whole seconds, because the ledger's slots begin at whole seconds. */
export function parseWholeSeconds(text: string): number | undefined {
  const ms = parseDuration(text)
  return ms !== undefined && ms % SECOND === 0 ? ms : undefined
}

/** Reads `METHOD /path/:parameter`. */
export function parseRoute(text: string): Route | undefined {
  const match = /^([A-Z]+) (\/[^\s?#]*)$/.exec(text)
  const [, method = '', path = ''] = match ?? []
  return METHODS.some((known) => known === method) ? { method, path } : undefined
}

/** The end of the name of an objective of probes: alerts and reports show the name, so nobody takes it for the services' own. */
const OF_PROBE = '.probe'

/**
 * Reads `INDICATOR`, or `STEP.INDICATOR` for one step, either with `.probe` behind it; the step's existence is not checked.
 */
export function parseObjectiveName(name: string): Pick<Objective, 'indicator' | 'step' | 'of'> | undefined {
  const ofProbe = name.endsWith(OF_PROBE)
  const judged = ofProbe ? name.slice(0, -OF_PROBE.length) : name
  const dot = judged.lastIndexOf('.')
  const indicator = INDICATORS.find((known) => known === judged.slice(dot + 1))
  if (indicator === undefined) return undefined
  return { indicator, ...(ofProbe && { of: 'probe' }), ...(dot !== -1 && { step: judged.slice(0, dot) }) }
}

/** Pure, and part of every JavaScript that runs this; core has no types of Node or the DOM. */
declare const URL: { canParse(text: string): boolean }

export function isWebAddress(text: string): boolean {
  return /^https?:\/\//i.test(text) && URL.canParse(text)
}

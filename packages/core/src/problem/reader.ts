import type { Path, Problem } from './problem.ts'
import type { Checked } from './shape.ts'
import { expected, type Remarks, withoutEchoes } from './wording.ts'

/** Where a reader stands in the document, and whom it tells what is wrong there. */
export type Spot = { readonly path: Path; readonly area: string; readonly problems: Problem[] }

/**
 * Reads one value that came from outside. A value of another type is told and becomes `undefined`; one that is merely
 * out of bounds is told and read all the same, so that what holds between several values can still be checked.
 */
export type Reader<T> = {
  readonly read: (value: unknown, spot: Spot) => T | undefined
  /** As a key of an object, it need not be there. */
  readonly optional?: true
}

/** What a reader reads. */
export type Read<R> = R extends { readonly read: (value: unknown, spot: Spot) => infer T }
  ? Exclude<T, undefined>
  : never

/**
 * Reads a whole document, or says everything that is wrong with it, in the house's words.
 *
 * @param area the first word of the codes: `JOURNEYS` gives `JOURNEYS_SHAPE` and `JOURNEYS_UNKNOWN_KEY`
 */
export function readWhole<T>(reader: Reader<T>, value: unknown, area: string): Checked<T> {
  const problems: Problem[] = []
  const read = reader.read(value, { path: [], area, problems })
  if (read !== undefined && problems.length === 0) return { ok: true, value: read }
  return { ok: false, problems: withoutEchoes(problems, value) }
}

/** What a part says; `undefined` when it is not there, or wrong, which the reading of the whole has told already. */
export function readSilently<T>(reader: Reader<T>, value: unknown): T | undefined {
  const problems: Problem[] = []
  const read = value === undefined ? undefined : reader.read(value, { path: [], area: '', problems })
  return problems.length === 0 ? read : undefined
}

/** Tells that the value should be something else. @returns what a value of another type becomes */
export function tell(spot: Spot, what: string, found: unknown, remarks: Remarks = {}): undefined {
  spot.problems.push(expected(`${spot.area}_SHAPE`, spot.path, what, found, remarks))
  return undefined
}

export function below(spot: Spot, key: string | number): Spot {
  return { ...spot, path: [...spot.path, key] }
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

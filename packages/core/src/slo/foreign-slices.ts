import { type Budgeting, NO_DATA, type NoData, type Objective } from '../journey/index.ts'
import { parsePercent, parseWholeSeconds } from '../journey/notation.ts'
import { misfitOf } from '../journey/resolve-budgeting.ts'
import { entriesOf, object, oneOf, optional, type Path, type Problem, readWhole, textBy } from '../problem/index.ts'
import { formatDuration } from '../time/index.ts'
import { lengthOf } from './foreign-window.ts'
import { ANNOTATION } from './openslo-annotations.ts'
import type { OpenSlo } from './openslo-document.ts'
import type { Ask } from './question.ts'

type ForeignObjective = OpenSlo['spec']['objectives'][number]
type Promise = Pick<Objective, 'targetPpm' | 'window'> & { readonly policy: Objective['policy'] | undefined }

/** What OpenSLO cannot say of slices. */
const annotated = object({
  slice: optional(textBy(parseWholeSeconds, 'a duration of whole seconds such as `30s`')),
  onNoData: optional(oneOf(NO_DATA)),
})

/** What the annotation `tabiji/slices` says of an SLO; nothing without one. What is wrong with it goes to `problems`. */
export function annotatedSlices({ metadata, spec }: OpenSlo, problems: Problem[]) {
  const text = metadata.annotations?.[ANNOTATION.slices]
  if (text === undefined || spec.budgetingMethod === 'Occurrences') return {}
  const read = readWhole(annotated, parsed(text), 'OPENSLO')
  if (read.ok) return read.value
  const path: Path = ['metadata', 'annotations', ANNOTATION.slices]
  const told = read.problems.map((found) => ({ ...found, path, message: `In ${ANNOTATION.slices}: ${found.message}` }))
  problems.push(...told)
  return {}
}

/**
 * How an SLO of OpenSLO keeps its budget; nothing for one in events.
 *
 * @param stated by the annotation, milliseconds
 * @param intervalMs how often the engine is asked: what it tells of an interval is booked at the interval's end
 * @returns why it cannot be kept so, as a text
 */
export function foreignBudgeting(
  method: OpenSlo['spec']['budgetingMethod'],
  { timeSliceWindow = '', timeSliceTarget = 0 }: ForeignObjective,
  stated: { readonly slice?: number | undefined; readonly onNoData?: NoData | undefined },
  promise: Promise,
  intervalMs: number,
): Budgeting | undefined | string {
  if (method === 'Occurrences') return undefined
  const { slice, onNoData = 'ignore' } = stated
  // OpenSLO has no seconds, so only then the annotation knows better.
  const sliceMs = slice !== undefined && slice % 60_000 !== 0 ? slice : lengthOf(timeSliceWindow)
  if (sliceMs === undefined) return `its slices of ${timeSliceWindow} have no fixed length`
  const name = method === 'Timeslices' ? 'timeslices' : 'ratio-timeslices'
  const misfit = misfitOf(sliceMs, name, promise)
  if (misfit !== undefined) return `its slices of ${formatDuration(sliceMs)} must be ${misfit}`
  if (sliceMs % intervalMs !== 0) {
    return `its slices of ${formatDuration(sliceMs)} must be whole multiples of the interval in which the engine is asked (${formatDuration(intervalMs)})`
  }
  if (name === 'ratio-timeslices') return { method: name, sliceMs, onNoData }
  const sliceTargetPpm = parsePercent(Number((timeSliceTarget * 100).toPrecision(12)))
  if (!sliceTargetPpm) return 'its `timeSliceTarget` has more than 4 decimals as a percentage'
  return { method: name, sliceMs, sliceTargetPpm, onNoData }
}

/**
 * Why what an engine is asked for cannot be judged in slices; nothing when it can. A share that is ready says of no number of
 * events, so it is the ratio of a slice only where the slice is the stretch that it speaks of, and only against a target.
 */
export function unslicedWhy({ kind }: Ask, budgeting: Budgeting | undefined, intervalMs: number): string | undefined {
  if (budgeting === undefined || kind !== 'ratio') return undefined
  if (budgeting.method === 'ratio-timeslices') {
    return 'its ratio comes without a number of events, so there is no mean of the ratios of slices (RatioTimeslices)'
  }
  if (budgeting.sliceMs === intervalMs) return undefined
  const [slice, interval] = [budgeting.sliceMs, intervalMs].map(formatDuration)
  return `its ratio comes without a number of events, so a slice (${slice}) must be as long as the interval in which the engine is asked (${interval})`
}

function parsed(text: string): unknown {
  try {
    return Object.fromEntries(entriesOf(JSON.parse(text)))
  } catch {
    return undefined
  }
}

import { calendarWindow } from '../journey/index.ts'
import { parseObjectiveName } from '../journey/notation.ts'
import { entriesOf, type Path, type Problem, problem } from '../problem/index.ts'
import { foreignPeriod } from './foreign-window.ts'
import { ANNOTATION } from './openslo-annotations.ts'
import { foreignComposite } from './openslo-composite.ts'
import type { OpenSlo } from './openslo-document.ts'
import { ratioMetricOf } from './openslo-export.ts'
import type { Located } from './openslo-read.ts'
import { isComposite } from './openslo-slo.ts'

/** A journeys file that has yet to be read as one, and what did not become part of it, with places. */
export type Imported = { readonly document: unknown; readonly journeys: number; readonly problems: readonly Problem[] }

type Json = ReadonlyMap<string, unknown>
type Service = { readonly name: string; readonly part: Json; readonly objectives: Map<string, unknown> }

/**
 * The journeys that documents speak of: those whose Service says by annotation which steps they have. An SLO of anything else
 * is told as not mapped, with the reason: its queries could only be asked of an engine. What OpenSLO says itself (target,
 * window) is taken from there, so it may be edited; queries may not.
 */
export function importOpenSlo(documents: readonly Located[]): Imported {
  const problems: Problem[] = []
  const services = new Map<string, Service>()
  const files = new Set<string>()
  for (const { document, locate } of documents) {
    if (document.kind !== 'Service') continue
    const told = (found: Problem) => problems.push({ ...found, at: locate(found.path, found.part) })
    const part = annotation(document.metadata.annotations, ANNOTATION.journey, told)
    const file = annotation(document.metadata.annotations, ANNOTATION.file, told)
    const name = part?.get('name')
    if (part === undefined || file === undefined || typeof name !== 'string') continue
    services.set(document.metadata.name, { name, part, objectives: new Map() })
    files.add(JSON.stringify(Object.fromEntries(file)))
    if (files.size > 1) told(otherFile())
  }
  const file = entriesOf(JSON.parse([...files][0] ?? '{}'))
  const indicators = indicatorsOf(documents)
  for (const { document, locate } of documents) {
    if (document.kind !== 'SLO') continue
    const told = (found: Problem) => problems.push({ ...found, at: locate(found.path, found.part) })
    const service = services.get(document.spec.service)
    const mapped = isOwnComposite(document)
      ? foreignComposite(document, service?.part, indicators)
      : mapSlo(document, service, String(file.get('timeZone')), told)
    if (typeof mapped === 'string') told(notMapped(document, mapped))
  }
  const journeys = [...services.values()].map(({ name, part, objectives }) => {
    const { name: _, steps, ...rest } = Object.fromEntries(part)
    return [
      name,
      { ...rest, ...(objectives.size > 0 && { objectives: Object.fromEntries(objectives) }), steps },
    ] as const
  })
  return {
    document: { ...Object.fromEntries(file), journeys: Object.fromEntries(journeys) },
    journeys: journeys.length,
    problems,
  }
}

function indicatorsOf(documents: readonly Located[]): ReadonlySet<string> {
  return new Set(
    documents.flatMap(({ document }) => (document.kind === 'SLO' ? [JSON.stringify(document.spec.indicator)] : [])),
  )
}

const isOwnComposite = ({ metadata, spec }: OpenSlo) =>
  isComposite(spec) && metadata.annotations?.[ANNOTATION.composite] !== undefined

/** Puts the objective into its journey. @returns why it cannot be one, otherwise */
function mapSlo(
  { metadata, spec }: OpenSlo,
  service: Service | undefined,
  timeZone: string,
  told: (found: Problem) => void,
): string | undefined {
  const { annotations } = metadata
  const foreign = foreignTo(spec)
  if (foreign !== undefined) return foreign
  if (service === undefined) return `no Service ${spec.service} says by ${ANNOTATION.journey} which steps it is about`
  const name = annotations?.[ANNOTATION.objective] ?? ''
  const judged = parseObjectiveName(name)
  if (judged === undefined) return `its annotation ${ANNOTATION.objective} names no objective`
  const steps = [...entriesOf(service.part.get('steps')).keys()].map((step) => ({ name: step }))
  const ours = ratioMetricOf({ name: service.name, steps }, judged)
  if (JSON.stringify(spec.indicator?.spec.ratioMetric) !== JSON.stringify(ours)) {
    return 'its queries are not those that were exported, and other ones could only be asked of an engine'
  }
  const window = annotations?.[ANNOTATION.window] ?? windowOf(spec, timeZone)
  if (window === undefined) return 'its window rolls over a length that has no fixed one'
  if (typeof window === 'object' && 'not' in window) return window.not
  const policy = annotation(annotations, ANNOTATION.policy, told)
  service.objectives.set(name, {
    target: targetOf(spec),
    window,
    ...slicesOf(spec, annotation(annotations, ANNOTATION.slices, told)),
    ...(policy !== undefined && { policy: Object.fromEntries(policy) }),
  })
  return undefined
}

/** What no journey can promise, whatever the annotations say. */
function foreignTo(spec: OpenSlo['spec']): string | undefined {
  if (isComposite(spec)) return 'a composite is no objective of a journey; a journey is judged over all of its steps'
  if (spec.indicator === undefined) return 'its indicator stands elsewhere (indicatorRef)'
  if (spec.indicator.spec.ratioMetric?.total === undefined)
    return 'it is no ratio of events: it could only be asked of an engine'
  return spec.objectives.length === 1 ? undefined : 'it has several objectives'
}

/** Percent; the digits of a share are moved, not multiplied. */
function targetOf({ objectives: [objective] }: OpenSlo['spec']): number {
  return objective?.targetPercent ?? Number(((objective?.target ?? 0) * 100).toPrecision(12))
}

/**
 * How the budget is kept. The length of a slice is taken from OpenSLO unless that had to round it up to a minute; what is no
 * slice of ours is told when the journeys file is read.
 */
function slicesOf({ budgetingMethod, objectives: [objective] }: OpenSlo['spec'], part: Json | undefined) {
  if (budgetingMethod === 'Occurrences') return {}
  const { timeSliceWindow, timeSliceTarget } = objective ?? {}
  const own = part?.get('slice')
  const isRounded = typeof own === 'string' && /\ds$/.test(own)
  const onNoData = part?.get('onNoData')
  return {
    budgeting: budgetingMethod === 'Timeslices' ? 'timeslices' : 'ratio-timeslices',
    slice: isRounded ? own : timeSliceWindow,
    ...(budgetingMethod === 'Timeslices' && { sliceTarget: Number(((timeSliceTarget ?? 0) * 100).toPrecision(12)) }),
    ...(onNoData !== undefined && { onNoData }),
  }
}

/** The window as the journeys file has it, or why there is none. */
function windowOf({ timeWindow: [window] }: OpenSlo['spec'], timeZone: string) {
  const { duration = '', calendar } = window ?? {}
  if (calendar !== undefined) {
    const period = foreignPeriod(duration, calendar, timeZone)
    if (typeof period === 'string') return { not: period }
    return calendarWindow(period).kind === 'month' ? 'month' : { calendar: duration, from: period.from }
  }
  if (/^\d+w$/.test(duration)) return `${Number(duration.slice(0, -1)) * 7}d`
  return /^\d+[mhd]$/.test(duration) ? duration : undefined
}

/** The object that an annotation holds as JSON. What is no object is told. */
function annotation(
  annotations: Readonly<Record<string, string>> | undefined,
  key: string,
  told: (found: Problem) => void,
): Json | undefined {
  const text = annotations?.[key]
  if (text === undefined) return undefined
  const value = parsed(text)
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return entriesOf(value)
  const path: Path = ['metadata', 'annotations', key]
  told(problem('OPENSLO_ANNOTATION', path, `Expected the annotation ${key} to be an object as JSON`))
  return undefined
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function otherFile(): Problem {
  const path: Path = ['metadata', 'annotations', ANNOTATION.file]
  const hint = 'import the documents of one journeys file at a time'
  return problem(
    'OPENSLO_SEVERAL_FILES',
    path,
    'The Services come from journeys files with other time zones or classes',
    { hint },
  )
}

function notMapped({ metadata }: OpenSlo, reason: string): Problem {
  const message = `${metadata.name} does not map onto a journey: ${reason}`
  return problem('OPENSLO_NOT_MAPPED', ['metadata', 'name'], message, { severity: 'warning' })
}

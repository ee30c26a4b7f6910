import { LABEL, OUTCOMES, type Outcome } from '@tabiji/core/journey'
import type { DeltaPoint, Role, Speaker, Told } from '@tabiji/core/ledger'
import { parseInstant } from './instant.ts'
import { isName } from './name.ts'
import {
  type Attributes,
  INSTANCE_ID,
  type Metric,
  type Point,
  type Push,
  type Resource,
  SERVICE_NAME,
} from './otlp/push.ts'
import { type Cumulative, readingsOf } from './otlp/readings.ts'
import type { Refusal } from './otlp/refusal.ts'

/** What is told by one process, and how many data points said so. */
type ToldPoints = {
  readonly told: Told
  readonly points: number
  /** The id under which another road may know the same process. */
  readonly alias?: string
}

/** What a push comes to. Refusals are by service; '' stands for one that is not known. */
export type PushMeaning = {
  readonly told: readonly ToldPoints[]
  readonly refused: readonly { readonly service: string; readonly why: Refusal }[]
}

/** Whether the sender may speak for a service. */
export type Permission = 'granted' | 'foreign_service' | 'unknown_service'

/**
 * Works out what the points of a push mean. A point that cannot be booked is left out, with the reason; the others count.
 *
 * @param permit asked for each service that is named
 */
export function readMeaning({ resources }: Push, permit: (service: string) => Permission): PushMeaning {
  const told: ToldPoints[] = []
  const refused: { service: string; why: Refusal }[] = []
  for (const { attributes, metrics } of together(resources)) {
    const counters = metrics.filter(({ meaning }) => meaning !== 'definition')
    const service = attributes.get(SERVICE_NAME) ?? ''
    const permission = service === '' ? 'no_service' : permit(service)
    const shown = permission === 'granted' || permission === 'foreign_service' ? service : ''
    const refuse = (why: Refusal, points = 1) => {
      for (let i = 0; i < points; i++) refused.push({ service: shown, why })
    }
    const points = counters.reduce((sum, metric) => sum + metric.points.length, 0)
    if (permission !== 'granted') {
      refuse(permission, points)
      continue
    }
    const definition = metrics.find(({ meaning }) => meaning === 'definition')?.points[0]?.attributes
    const who = identityOf(attributes, definition)
    if (who === undefined) refuse('no_instance', points)
    else told.push(...read({ ...who, service }, counters, refuse))
  }
  return { told, refused }
}

/** What one process says stands in one place, though a body may name its resource again and again. */
function together(resources: readonly Resource[]): readonly Resource[] {
  const known = new Map<string, Resource>()
  for (const { attributes, metrics } of resources) {
    const key = `${attributes.get(SERVICE_NAME)}\u0000${attributes.get(INSTANCE_ID)}`
    const before = known.get(key)
    known.set(key, { attributes, metrics: before === undefined ? metrics : [...before.metrics, ...metrics] })
  }
  return [...known.values()]
}

type Identity = {
  readonly id: string
  /** The id is that of one life of one process: the SDK's own says the same. */
  readonly identified: boolean
  readonly startedAt?: number
  readonly fingerprint?: string
  readonly alias?: string
}

/** The resource says who speaks; it stays the same when a body is split, which the definition beside it does not. */
function identityOf(attributes: Attributes, definition: Attributes | undefined): Identity | undefined {
  const processId = nameIn(definition, LABEL.processId)
  const instance = nameIn(attributes, INSTANCE_ID)
  const id = instance ?? processId
  if (id === undefined) return undefined
  const startedAt = parseInstant(definition?.get(LABEL.startedAt) ?? '')
  const fingerprint = nameIn(definition, LABEL.fingerprint)
  const identified = id === processId
  return {
    id,
    identified,
    ...(startedAt !== undefined && { startedAt }),
    ...(fingerprint !== undefined && { fingerprint }),
    ...(!identified && processId !== undefined && { alias: processId }),
  }
}

function nameIn(attributes: Attributes | undefined, key: string): string | undefined {
  const name = attributes?.get(key)
  return name !== undefined && isName(name) ? name : undefined
}

type Refuse = (why: Refusal, points?: number) => void

function read(
  { fingerprint, alias, startedAt, id, identified, service }: Identity & { readonly service: string },
  metrics: readonly Metric[],
  refuse: Refuse,
): readonly ToldPoints[] {
  const cumulative: Cumulative[] = []
  const deltas: DeltaPoint[] = []
  for (const metric of metrics) {
    const why = unfit(metric)
    if (why !== undefined) refuse(why, metric.points.length)
    else {
      for (const point of metric.points) {
        const counted = countedBy(point, metric)
        if (typeof counted === 'string') refuse(counted)
        else if (metric.temporality === 'delta') deltas.push(counted)
        else cumulative.push(counted)
      }
    }
  }
  const speaker: Speaker = { id, identified, service, ...(!identified && { livesByStart: true }) }
  const readings = readingsOf(speaker, cumulative, startedAt, fingerprint, () => refuse('repeated_series'))
  const all: ToldPoints[] = [...readings, { told: { speaker, points: deltas }, points: deltas.length }]
  return all.filter(({ points }) => points > 0).map((each) => (alias === undefined ? each : { ...each, alias }))
}

function unfit({ kind, monotonic, temporality }: Metric): Refusal | undefined {
  if (kind !== 'sum' || !monotonic) return 'not_a_sum'
  return temporality === 'unspecified' ? 'temporality' : undefined
}

/** Nanoseconds must fit into 63 bits, where they are kept. */
const LATEST = (1n << 63n) - 1n

function countedBy(point: Point, { meaning }: Metric): DeltaPoint | Refusal {
  const { attributes, from, to } = point
  const count = countOf(point)
  if (typeof count === 'string') return count
  if (to === 0n || to > LATEST || from > LATEST) return 'no_time'
  const own = meaning === 'events'
  const journey = nameIn(attributes, LABEL.journey)
  const step = nameIn(attributes, own ? LABEL.step : LABEL.serviceStep)
  const outcome = attributes.get(LABEL.outcome)
  if (journey === undefined || step === undefined || !OUTCOMES.includes(outcome as Outcome)) return 'attribute'
  const role: Role = own ? 'own' : 'dependency'
  return { journey, step, role, outcome: outcome as Outcome, count, from, to }
}

function countOf({ value, empty }: Point): number | Refusal {
  if (empty || value === undefined) return 'no_value'
  if (typeof value === 'bigint') {
    if (value < 0n) return 'negative'
    return value > BigInt(Number.MAX_SAFE_INTEGER) ? 'overflow' : Number(value)
  }
  if (!Number.isFinite(value)) return 'not_finite'
  if (value < 0) return 'negative'
  if (value > Number.MAX_SAFE_INTEGER) return 'overflow'
  // Adding zero makes a plain zero of a negative one.
  return Number.isInteger(value) ? value + 0 : 'fractional'
}

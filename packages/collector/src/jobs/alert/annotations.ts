import {
  type Annotation,
  type AnnotationSummary,
  beganAt,
  decideAnnotation,
  decideAnnotationWithdrawal,
  mergeTimes,
  summarizeAnnotation,
  unknownAnnotation,
} from '@tabiji/core/alert'
import type { Definition } from '@tabiji/core/journey'
import type { AnnotationStore, Annotations, ToldChange } from '../../ports/annotations.ts'
import type { Result } from '../../ports/work.ts'

type Desk = {
  readonly store: AnnotationStore
  /** The journeys file in force; a reload may change it between two commands. */
  readonly definition: () => Definition
  /** Every service that has books here, or may have. */
  readonly services: () => readonly string[]
  /** Milliseconds. */
  readonly now: () => number
}

/** Decides commands on annotations and keeps what was decided. */
export function createAnnotations(desk: Desk): Annotations {
  const { store, definition, services, now } = desk
  const zone = () => definition().timeZone
  const told = (annotation: Annotation) => summarizeAnnotation(annotation, zone())
  const read = (key: string): Result<AnnotationSummary> => {
    const found = store.find(key)
    return found === undefined ? { ok: false, problems: [unknownAnnotation(key)] } : { ok: true, value: told(found) }
  }
  return {
    add: (request, by) => {
      const decision = decideAnnotation(request, {
        now: now(),
        ...(by !== undefined && { by }),
        zone: zone(),
        journeys: definition().journeys.map(({ name }) => name),
        services: services(),
      })
      if (!decision.ok) return decision
      const [added] = decision.events.map(store.add)
      if (added === undefined) throw new Error('Expected a decision to add something, got no event')
      return { ok: true, value: told(added) }
    },
    tell: (change) => told(tell(store, change, now())),
    withdraw: (key, reason, by) => {
      const decision = decideAnnotationWithdrawal(store.find(key), reason, {
        now: now(),
        ...(by !== undefined && { by }),
        key,
        zone: zone(),
      })
      if (!decision.ok) return decision
      for (const withdrawal of decision.events) store.withdraw(key, withdrawal)
      return read(key)
    },
    list: ({ state, kind, journey, limit }) =>
      store
        .between(0, Number.MAX_SAFE_INTEGER, LOOKED_THROUGH)
        .filter((one) => kind === undefined || one.kind === kind)
        .filter((one) => journey === undefined || one.journeys.length === 0 || one.journeys.includes(journey))
        .map(told)
        .filter((one) => state === 'all' || one.state === state)
        .slice(0, limit),
    annotation: read,
  }
}

/** How many of the latest are looked through for a list; whoever needs more asks the store's file. */
const LOOKED_THROUGH = 5_000

/** One deployment is one annotation, whatever the order in which its parts arrive. */
function tell(store: AnnotationStore, { deployment, ...change }: ToldChange, now: number): Annotation {
  const known = store.byIdentity(change.identity)
  const times = known?.deployment === undefined ? deployment : mergeTimes(known.deployment, deployment)
  // A clock over there that is ahead must not put a change after the alert that it explains.
  const at = Math.min(beganAt(times) ?? now, now)
  if (known === undefined) return store.add({ ...change, at, createdAt: now, deployment: times })
  store.follow(known.key, times, at)
  return { ...known, at, deployment: times }
}

import type { Withdrawal } from '../budget/index.ts'
import { isoIn } from '../time/index.ts'

/** What somebody changed. `note` is anything else that is worth knowing beside an alert. */
export const ANNOTATION_KINDS = ['deploy', 'flag', 'config', 'note'] as const
export type AnnotationKind = (typeof ANNOTATION_KINDS)[number]

/** How far a deployment has come. */
export const DEPLOYMENT_PHASES = ['announced', 'running', 'done', 'failed'] as const
export type DeploymentPhase = (typeof DEPLOYMENT_PHASES)[number]

/** When each phase was reached, milliseconds; phases that nobody told of are absent. */
export type DeploymentTimes = { readonly [phase in DeploymentPhase]?: number }

/** A change of the world that is told with alerts. Never edited: a mistake is withdrawn, and another one added. */
export type Annotation = {
  /** `ANN-0007`, for people. */
  readonly key: string
  readonly kind: AnnotationKind
  readonly title: string
  /** When the change began to reach users, milliseconds. */
  readonly at: number
  readonly createdAt: number
  readonly by?: string
  /** The service that changed; absent: not known, or more than one. */
  readonly service?: string
  /** Journeys that it may touch. Empty: those that the service feeds; without a service too, all of them. */
  readonly journeys: readonly string[]
  readonly url?: string
  /** What the sender calls the change: told twice under one identity it is one annotation. */
  readonly identity?: string
  readonly deployment?: DeploymentTimes
  readonly withdrawn?: Withdrawal
}

/** The key of the nth annotation, counted from 1. */
export function annotationKey(number: number): string {
  return `ANN-${String(number).padStart(4, '0')}`
}

/**
 * What two tellings of one deployment come to: of each phase the earliest time. So the order in which they arrive does not
 * matter, and neither does a repetition.
 */
export function mergeTimes(a: DeploymentTimes, b: DeploymentTimes): DeploymentTimes {
  const earliest = (phase: DeploymentPhase): number | undefined => {
    const times = [a[phase], b[phase]].filter((at) => at !== undefined)
    return times.length === 0 ? undefined : Math.min(...times)
  }
  return Object.fromEntries(
    DEPLOYMENT_PHASES.flatMap((phase) => {
      const at = earliest(phase)
      return at === undefined ? [] : [[phase, at]]
    }),
  )
}

/** When a deployment began to reach users: when it ran; without that, when it was announced, or else when it ended. */
export function beganAt({ running, announced, done, failed }: DeploymentTimes): number | undefined {
  return running ?? announced ?? done ?? failed
}

/** How far a deployment has come. One that failed and was then done is done, because somebody tried again. */
export function phaseOf(times: DeploymentTimes): DeploymentPhase | undefined {
  const { done, failed } = times
  if (done !== undefined && failed !== undefined) return done >= failed ? 'done' : 'failed'
  return DEPLOYMENT_PHASES.findLast((phase) => times[phase] !== undefined)
}

/** What leaves the process about an annotation: plain JSON, times in ISO 8601 with the zone's offset. */
export type AnnotationSummary = Omit<Annotation, 'at' | 'createdAt' | 'deployment' | 'withdrawn'> & {
  readonly state: 'active' | 'withdrawn'
  readonly at: string
  readonly createdAt: string
  readonly phase?: DeploymentPhase
  readonly withdrawn?: { readonly at: string; readonly by?: string; readonly reason: string }
}

/** @param zone IANA name of the zone whose offset the times carry */
export function summarizeAnnotation(annotation: Annotation, zone: string): AnnotationSummary {
  const { at, createdAt, deployment, withdrawn, ...rest } = annotation
  const phase = deployment === undefined ? undefined : phaseOf(deployment)
  return {
    ...rest,
    state: withdrawn === undefined ? 'active' : 'withdrawn',
    at: isoIn(at, zone),
    createdAt: isoIn(createdAt, zone),
    ...(phase !== undefined && { phase }),
    ...(withdrawn !== undefined && { withdrawn: { ...withdrawn, at: isoIn(withdrawn.at, zone) } }),
  }
}

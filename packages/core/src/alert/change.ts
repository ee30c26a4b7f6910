import type { Level } from '../journey/index.ts'
import { type Annotation, phaseOf } from './annotation.ts'
import type { Change } from './explanation.ts'

/** A change of the world as a pager keeps it beside its incidents. It calls nobody. */
export type ChangeFacts = {
  readonly kind: 'change'
  /** The annotation's key. */
  readonly key: string
  /** The name of the receiver in the configuration. */
  readonly receiver: string
  readonly change: Change & { readonly title: string }
  /** Journeys that it may touch; empty: not said. */
  readonly journeys: readonly string[]
  /** How urgent it is to deliver: less than anything that rings, and worth nothing after a day. */
  readonly level: Level
  /** When it is told, milliseconds. */
  readonly at: number
  readonly dedupKey: string
  readonly timeZone: string
  readonly sample: boolean
}

/**
 * Whether it is a change that has begun: a note changes nothing, and a deployment that was only announced may yet be called
 * off.
 */
export function isMade({ kind, deployment, withdrawn }: Annotation): boolean {
  if (kind === 'note' || withdrawn !== undefined) return false
  const phase = deployment === undefined ? undefined : phaseOf(deployment)
  return phase !== 'announced'
}

/** An annotation as messages tell of it. */
export function changeOf({ kind, at, title, service, deployment, url, by }: Annotation): ChangeFacts['change'] {
  const phase = deployment === undefined ? undefined : phaseOf(deployment)
  return {
    kind,
    at,
    title,
    ...(service !== undefined && { service }),
    ...(phase !== undefined && { phase }),
    ...(url !== undefined && { url }),
    ...(by !== undefined && { by }),
  }
}

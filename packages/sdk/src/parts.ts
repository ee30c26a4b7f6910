import type { AsyncLocalStorage } from 'node:async_hooks'
import type { Events, OpenEvent } from './event/events.ts'
import type { TimeSource } from './event/time-source.ts'
import type { Families, Identity } from './expose/families.ts'

/** What the package's other doors need of a recorder, and nobody else: it is not on the recorder itself. */
export type Parts = {
  readonly service: string
  readonly identity: Identity
  readonly families: Families
  readonly events: Events
  readonly current: AsyncLocalStorage<OpenEvent>
  readonly time: TimeSource
  /** A worker of a cluster tells its primary and shows nothing itself. */
  readonly isWorker: boolean
  /** The other processes of the cluster are in the counts, too. */
  readonly isCluster: boolean
  /** Has this done whenever the recorder is closed, beside the hand-over, which does not wait for it. */
  atClose(act: () => Promise<unknown>): void
}

const known = new WeakMap<object, Parts>()

export function keepParts(recorder: object, parts: Parts): void {
  known.set(recorder, parts)
}

/** @throws Error for what is no recorder of this copy of the package. */
export function partsOf(recorder: object): Parts {
  const parts = known.get(recorder)
  if (parts !== undefined) return parts
  throw new Error('Expected a recorder that `createRecorder` of this copy of @tabiji/sdk made; got something else.')
}

import type { BookingNote, Reading, Told } from '@tabiji/core/ledger'

/** Where readings go that are pushed to the collector. */
export interface Intake {
  /** Resolves when the reading is on disk, and rejects when it is not: only then may the sender forget it. */
  submit(reading: Reading): Promise<unknown>
}

/** What one process says in a push. */
export type Pushed = {
  readonly told: Told
  /** How many data points say so. */
  readonly points: number
  /** The id under which another road may know the same process. */
  readonly alias?: string
}

/** Something that came of a push, in data points. `two_roads`: the process is known under its alias already. */
export type PushNote = {
  readonly service: string
  readonly kind: BookingNote['kind'] | 'two_roads'
  readonly points: number
}

/** What became of data points. `service` is empty where it is not known; `result` is one of few words. */
export type PointCount = { readonly service: string; readonly result: string; readonly points: number }

/** Where pushes of metrics go. */
export interface PushIntake {
  /** Resolves when everything is on disk, with what there is to say about it; rejects when some of it is not. */
  take(pushed: readonly Pushed[]): Promise<readonly PushNote[]>
  /** Told of every push that was answered: what became of its points. */
  counted(counts: readonly PointCount[]): void
}

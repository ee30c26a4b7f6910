import type { Level } from '@tabiji/core/journey'
import type { AttemptRow, OutboxRow } from './alert-store.ts'
import type { Result } from './work.ts'

/** A receiver as it is told: how to reach it is a secret. */
export type ToldReceiver = {
  readonly name: string
  readonly kind: string
  /** Whom it is told of; empty: of nothing, or only in place of another. */
  readonly levels: readonly Level[]
  /** Whether it is told when another one takes nothing. */
  readonly isFallback: boolean
}

/** What became of a notification, with every attempt. Times in milliseconds. */
export type NotificationState = Pick<
  OutboxRow,
  'id' | 'receiver' | 'kind' | 'createdAt' | 'notBefore' | 'state' | 'ambiguous' | 'lastError'
> & { readonly tries: readonly AttemptRow[] }

/** A test with who asked for it. */
export type PastTest = NotificationState & { readonly by?: string; readonly weekly?: true }

/** The ways to people, and trying them. */
export interface Receivers {
  /** In the order of the configuration. */
  list(): readonly ToldReceiver[]
  /** Tests that were sent, newest first. */
  history(limit: number): readonly PastTest[]
  /**
   * Owes a receiver a message that only tries the way, marked as such. What keeps open what it is told is told a minute
   * later that it is over. @returns the test, or that there is no such receiver
   */
  test(name: string, by?: string): Result<NotificationState>
  /** Tests the receivers of pages that were not tested since the week's time. @returns their names */
  testWeekly(): readonly string[]
  notification(id: string): NotificationState | undefined
}

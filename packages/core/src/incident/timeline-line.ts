import type { LineSource, WrittenLine } from './written-line.ts'

/** Where a line comes from; `collector` is what it did by itself. */
export type TimelineSource = 'books' | 'alert' | 'delivery' | 'annotation' | 'tracker' | 'collector' | LineSource

/** What a line says, as facts: the catalogue makes sentences of them. Instants in milliseconds. */
export type TimelineFacts =
  | { readonly kind: 'note'; readonly text: string }
  | { readonly kind: 'command'; readonly text: string }
  | {
      readonly kind: 'decision'
      readonly knew: string
      readonly options: readonly string[]
      readonly choice: string
      readonly why: string
    }
  | { readonly kind: 'opened'; readonly title: string; readonly drill: boolean }
  | { readonly kind: 'edited'; readonly fields: readonly string[] }
  | { readonly kind: 'timed'; readonly moment: string; readonly value?: number; readonly reason?: string }
  /** What the books, the alerts or the record say of a moment; nobody stated it. */
  | { readonly kind: 'derived'; readonly moment: string; readonly value?: number }
  | { readonly kind: 'resolved' }
  | { readonly kind: 'reopened'; readonly reason: string }
  | { readonly kind: 'role'; readonly role: string; readonly name: string; readonly from?: string }
  | { readonly kind: 'status'; readonly status: string; readonly note?: string }
  /** An event of a kind that the timeline has no sentence of its own for; `due`: by when something is expected, milliseconds. */
  | { readonly kind: 'recorded'; readonly what: string; readonly about?: string; readonly due?: number }
  | {
      readonly kind: 'alert'
      readonly episode: string
      readonly level: number
      readonly change: string
      readonly journey: { readonly en: string; readonly ja: string }
      readonly note?: string
    }
  | {
      readonly kind: 'held'
      readonly episode: string
      readonly receiver: string
      readonly gates: readonly string[]
      readonly until?: number
    }
  | {
      readonly kind: 'delivered'
      readonly episode: string
      readonly receiver: string
      readonly message: string
      readonly lateMs: number
    }
  | { readonly kind: 'undelivered'; readonly episode: string; readonly receiver: string; readonly why: string }
  | {
      readonly kind: 'change'
      readonly key: string
      readonly what: string
      readonly title: string
      readonly service?: string
    }
  | {
      readonly kind: 'correction'
      readonly key: string
      readonly from: number
      readonly to: number
      readonly reason: string
    }
  | { readonly kind: 'fix'; readonly key: string; readonly title: string; readonly change: string }
  | {
      readonly kind: 'impact'
      readonly turn: 'began' | 'worst' | 'back'
      readonly objective: string
      readonly bad: number
      readonly valid: number
    }

/** A line as its source tells it. */
export type SourceLine = {
  /** The same whenever the timeline is put together; no two lines have one. */
  readonly id: string
  /** When it happened, milliseconds. */
  readonly at: number
  readonly source: TimelineSource
  readonly by?: string
  readonly facts: TimelineFacts
}

/** One line of an incident's timeline. */
export type TimelineLine = SourceLine & {
  readonly starred: boolean
  readonly struck?: NonNullable<WrittenLine['struck']>
}

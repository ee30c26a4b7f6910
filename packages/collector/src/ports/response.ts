import type { IncidentStanding, Question } from '@tabiji/core/incident'
import type { Level, Title } from '@tabiji/core/journey'
import type { ToDo } from './notifier.ts'
import type { Result } from './work.ts'

/** One thing to do first, and whether it is done; times in ISO 8601. */
type ShownItem = {
  readonly id: string
  readonly text: Title
  readonly ticked: boolean
  readonly at?: string
  readonly by?: string
  /** `record` where the record ticked it by itself. */
  readonly via?: string
  /** What the record saw. */
  readonly detail?: string
  readonly dueAt?: string
  readonly link?: string
}

export type ChecklistDetails = {
  readonly incident: string
  /** Absent where the incident has no list. */
  readonly level?: Level
  readonly done: number
  readonly items: readonly ShownItem[]
}

/** What somebody needs who takes over. */
type CardDetails = {
  readonly incident: IncidentStanding
  readonly checklist: ChecklistDetails
  readonly questions: readonly Question[]
  /** What was decided, the newest last; at most five. */
  readonly decisions: readonly {
    readonly at: string
    readonly by?: string
    readonly choice: string
    readonly why: string
  }[]
  readonly lastUpdate?: { readonly at: string; readonly by?: string; readonly text: string }
  readonly nextUpdateAt?: string
}

/** The first response to incidents, as it stands. */
export interface FirstResponse {
  checklist(key: string): Result<ChecklistDetails>
  card(key: string): Result<CardDetails>
  /** Reads the open incidents once. @returns what is to be done about an alert; nothing where it belongs to none of them */
  toDos(): (episode: string) => ToDo | undefined
}

import type { Level, Title } from '../journey/index.ts'

/** What ticks itself from the record: the alert is taken, hurt journeys are known, a change just before it is known. */
export const AUTOS = ['ack', 'journeys', 'changes'] as const
export type Auto = (typeof AUTOS)[number]

/** One thing to do first. */
export type ChecklistItem = {
  /** What it is ticked by: small letters, digits, hyphens. */
  readonly id: string
  readonly text: Title
  /** By when, minutes after the incident was opened. */
  readonly minutes?: number
  /** An address that helps to do it. */
  readonly link?: string
  readonly auto?: Auto
}

/** Chat shows no more characters of an option, and no more than three lists of ten fit beside the rest of a message. */
export const CHECKLIST_LIMIT = { text: 75, items: 30 } as const

/** The last word of people about an item. */
export type ChecklistMark = {
  readonly ticked: boolean
  /** Milliseconds. */
  readonly at: number
  readonly by?: string
  readonly via?: string
}

export type IncidentChecklist = {
  /** The level whose list it is. */
  readonly level: Level
  readonly items: readonly ChecklistItem[]
  readonly marks: Readonly<Record<string, ChecklistMark>>
}

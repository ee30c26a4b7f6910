import type { Role } from '@tabiji/core/incident'

/** Whom to answer: who pressed, in which channel and, where the button is in one, thread. `receiver` is whose message has the button. */
export type PressPlace = {
  readonly receiver: string
  readonly channel: string
  readonly thread?: string
  readonly user: string
}

/** What a press has done. `message`: why it was refused, in English. */
export type PressOutcome =
  | { readonly kind: 'taken'; readonly episode: string; readonly by: string }
  | { readonly kind: 'opened'; readonly episode: string; readonly incident: string }
  /** Somebody was quicker. */
  | { readonly kind: 'isOpen'; readonly episode: string; readonly incident: string }
  | { readonly kind: 'over'; readonly episode: string }
  | { readonly kind: 'refused'; readonly episode: string; readonly message: string }
  /** Who pressed has the role now, or had it before. */
  | { readonly kind: 'hasRole'; readonly incident: string; readonly role: Role; readonly by: string }
  | { readonly kind: 'unchanged'; readonly incident: string; readonly message: string }

/** What somebody saw and pressed in a list of things to do first. */
export type PressedBoxes = {
  /** The receiver whose message has the boxes. */
  readonly receiver: string
  readonly incident: string
  /** How many events of the incident the message told of. */
  readonly revision: number
  /** Items of the list, which ten of it, and which of those were ticked, counted from 0. */
  readonly from: number
  readonly count: number
  readonly ticked: readonly number[]
  /** Ids of the items that are ticked now. */
  readonly selected: readonly string[]
}

/** What people do by buttons about an incident, each in the name of who pressed. */
export interface IncidentPresses {
  takeRole(incident: string, role: Role, by: string): PressOutcome
  /** Changes what was changed by who pressed, and nothing else. @returns why something was not, if so */
  tick(boxes: PressedBoxes, by: string): PressOutcome | undefined
}

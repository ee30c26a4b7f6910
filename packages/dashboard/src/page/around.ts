import type { Title } from '@tabiji/core/journey'
import type { Language } from '@tabiji/report'

/** Who looks at a page, and what they may do. */
export type Visitor = {
  /** Absent while nobody said who they are: then they read only. */
  readonly name?: string
  readonly may: 'read' | 'write'
  /** How they came in: by a name alone on this machine, by a token, or as a proxy says. */
  readonly by: 'name' | 'token' | 'proxy'
}

/** A page of level 1 that stands above everything else. */
export type Ringing = {
  readonly id: string
  readonly journey: Title
  readonly since: string
  /** Absent while nobody has it. */
  readonly taken?: string
  /** Present when nobody was told of it because somebody wished so: the key of the silence or maintenance, its reason and end. */
  readonly silenced?: { readonly by: string; readonly reason: string; readonly until?: string }
}

/** A journey of which nothing was read lately. */
export type Unread = {
  readonly journey: Title
  /** Until when it was read; absent when it never was. ISO 8601. */
  readonly since?: string
}

/** A part of a page that is asked for by itself, and may fail by itself. */
export type Panel =
  | 'ringing'
  | 'incidents'
  | 'fixes'
  | 'month'
  | 'days'
  | 'work'
  | 'changes'
  | 'alerts'
  | 'impact'
  | 'timeline'
  | 'response'
  | 'runbooks'
  | 'course'
  | 'postmortem'
  | 'checks'
  | 'settings'
  | 'doctor'
  | 'receivers'
  | 'revisions'
  | 'asks'

/** What a page knows besides its own content: the same for every screen. Times are ISO 8601. */
export type Around = {
  readonly language: Language
  readonly theme: 'system' | 'light' | 'dark'
  /** Whether single keys do something. */
  readonly keys: boolean
  /** On a wall, where nobody points or types. */
  readonly kiosk: boolean
  /** On paper: nothing to press, no way elsewhere. */
  readonly paper: boolean
  /** In which times are told, and the one of the journeys file, by which days are cut and typed times are read. */
  readonly zone: string
  readonly houseZone: string
  readonly now: string
  /** The address of this page: path and query. */
  readonly path: string
  readonly visitor: Visitor
  /** Proves that a form was made here; goes along with every one. Empty on a page that may have none. */
  readonly formToken: string
  readonly ringing: readonly Ringing[]
  /** Open ones, as numbers beside the navigation; `pages` are alerts of level 1. */
  readonly open: { readonly alerts: number; readonly pages: number; readonly incidents: number }
  /** Until when anything was read, absent when nothing ever was; and what should have been read since, and was not. */
  readonly dataUntil?: string
  readonly unread: readonly Unread[]
  /** The parts of this page that could not be asked for, and what the log calls each mistake. */
  readonly failed: Readonly<Partial<Record<Panel, string>>>
  /** Empty on a page that shows nothing of the books. */
  readonly fingerprint: string
  readonly version: string
  readonly sample: boolean
  readonly assets: { readonly style: string; readonly script: string }
  /** What became of what was just asked for. */
  readonly notice?: { readonly kind: 'done' | 'refused'; readonly lines: readonly string[] }
}

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

/** What a page knows besides its own content: the same for every screen. Times are ISO 8601. */
export type Around = {
  readonly language: Language
  readonly theme: 'system' | 'light' | 'dark'
  /** Whether single keys do something. */
  readonly keys: boolean
  readonly zone: string
  readonly now: string
  /** The address of this page: path and query. */
  readonly path: string
  readonly visitor: Visitor
  /** Proves that a form was made here; goes along with every one. */
  readonly formToken: string
  readonly ringing: readonly Ringing[]
  /** Open ones, as numbers beside the navigation. */
  readonly open: { readonly alerts: number; readonly incidents: number }
  /** When the numbers were worked out, and whether every service that should be read was. */
  readonly dataUntil: string
  readonly unread: readonly string[]
  /** Empty on a page that shows nothing of the books. */
  readonly fingerprint: string
  readonly version: string
  readonly sample: boolean
  readonly assets: { readonly style: string; readonly script: string }
  /** What became of what was just asked for. */
  readonly notice?: { readonly kind: 'done' | 'refused'; readonly lines: readonly string[] }
}

import { type IncidentStanding, TIMELINE_EN, TIMELINE_JA } from '@tabiji/core/incident'
import type { Markup } from '@tabiji/report/page'
import type { Context } from '../page/context.ts'
import { actionOf, sheetOf } from '../page/form.ts'
import { INCIDENT_WORDS, type IncidentWords } from '../words/incident.ts'

/** What every part of an incident's page is written with: its words, those of its timeline, its commands. */
export type Part = {
  readonly words: IncidentWords
  readonly said: typeof TIMELINE_EN
  /** Nothing more can be recorded with one that is part of another. */
  readonly stands: boolean
  readonly open: boolean
  /** A button that runs `VERB` of the incident at once; nothing once it is part of another. */
  readonly act: (verb: string, label: string | Markup, fields?: Markup) => readonly Markup[]
  /** The same with fields to fill in. */
  readonly sheet: (verb: string, label: string, fields: Markup) => readonly Markup[]
}

const TIMELINE = { en: TIMELINE_EN, ja: TIMELINE_JA } as const

export function partOf(context: Context, { key, mergedInto, resolvedAt }: IncidentStanding): Part {
  const stands = mergedInto === undefined
  const to = (verb: string) => `/do/incidents/${encodeURIComponent(key)}/${verb}`
  return {
    words: INCIDENT_WORDS[context.language],
    said: TIMELINE[context.language],
    stands,
    open: stands && resolvedAt === undefined,
    act: (verb, label, fields) => (stands ? [actionOf(context, to(verb), label, fields)] : []),
    sheet: (verb, label, fields) => (stands ? [sheetOf(context, to(verb), label, fields)] : []),
  }
}

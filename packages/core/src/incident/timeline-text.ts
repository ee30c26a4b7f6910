import { isoIn } from '../time/index.ts'
import { percentText } from './percent.ts'
import type { TimelineFacts, TimelineLine } from './timeline-line.ts'
import { TIMELINE_EN, TIMELINE_JA, type TimelineWords } from './timeline-words.ts'

export type TimelineLanguage = 'en' | 'ja'

const CATALOGUES: Readonly<Record<TimelineLanguage, TimelineWords>> = { en: TIMELINE_EN, ja: TIMELINE_JA }

/**
 * What a line says, in one language: the command line, the postmortem and the pages print the same.
 *
 * @param zone IANA name of the zone on whose clocks times are written
 */
export function timelineText({ facts, struck }: TimelineLine, language: TimelineLanguage, zone: string): string {
  const words = CATALOGUES[language]
  const text = sentence(facts, language, words, (at) => isoIn(at, zone).slice(0, 16).replace('T', ' '))
  return struck === undefined ? text : words.struck(text, struck.reason)
}

type Clock = (at: number) => string

function sentence(facts: TimelineFacts, language: TimelineLanguage, words: TimelineWords, clock: Clock): string {
  const list = (items: readonly string[]) => items.join(words.listSeparator)
  switch (facts.kind) {
    case 'note':
      return facts.text
    case 'command':
      return words.command(facts.text)
    case 'decision': {
      const options = facts.options.length === 0 ? words.noOptions : list(facts.options)
      return words.decision(facts.knew, options, facts.choice, facts.why)
    }
    case 'opened':
      return words.opened(facts.title, facts.drill)
    case 'edited':
      return words.edited(list(facts.fields.map((field) => named(words.field, field))))
    case 'timed': {
      const moment = named(words.moment, facts.moment)
      if (facts.value === undefined) return words.untimed(moment)
      return words.timed(moment, clock(facts.value), facts.reason === undefined ? '' : words.because(facts.reason))
    }
    case 'derived': {
      const moment = named(words.moment, facts.moment)
      return facts.value === undefined ? words.underived(moment) : words.derived(moment, clock(facts.value))
    }
    case 'resolved':
      return words.resolved
    case 'reopened':
      return words.reopened(facts.reason)
    case 'role': {
      const role = named(words.role, facts.role)
      return facts.from === undefined ? words.taken(role, facts.name) : words.handed(role, facts.from, facts.name)
    }
    case 'status':
      return words.statusSet(named(words.status, facts.status)) + (facts.note ? words.because(facts.note) : '')
    case 'recorded':
      return words.recorded(
        named(words.event, facts.what),
        [
          ...(facts.about === undefined ? [] : [facts.about]),
          ...(facts.due === undefined
            ? []
            : [facts.about === undefined ? clock(facts.due) : words.nextBy(clock(facts.due))]),
        ].join(' · '),
      )
    default:
      return outside(facts, language, words, clock)
  }
}

type Outside = Extract<
  TimelineFacts,
  { kind: 'alert' | 'held' | 'delivered' | 'undelivered' | 'change' | 'correction' | 'fix' | 'impact' }
>

function outside(facts: Outside, language: TimelineLanguage, words: TimelineWords, clock: Clock): string {
  switch (facts.kind) {
    case 'alert': {
      const change = named(words.alertChange, facts.change) + (facts.note ? words.because(facts.note) : '')
      return words.alert(facts.episode, facts.level, facts.journey[language], change)
    }
    case 'held': {
      const until = facts.until === undefined ? '' : words.until(clock(facts.until))
      const gates = facts.gates.map((gate) => named(words.gate, gate)).join(words.listSeparator)
      return words.held(facts.episode, facts.receiver, gates, until)
    }
    case 'delivered':
      return words.delivered(
        facts.episode,
        facts.receiver,
        named(words.message, facts.message),
        lateness(facts.lateMs, words),
      )
    case 'undelivered':
      return words.undelivered(facts.episode, facts.receiver, facts.why)
    case 'change': {
      const service = facts.service === undefined ? '' : words.ofService(facts.service)
      return words.changed(named(words.change, facts.what), facts.title, service)
    }
    case 'correction':
      return words.correction(facts.key, clock(facts.from), clock(facts.to), facts.reason)
    case 'fix':
      return words.fix(facts.key, facts.title, named(words.fixChange, facts.change))
    case 'impact':
      return words[facts.turn](facts.objective, percent(facts.bad, facts.valid), String(facts.bad), String(facts.valid))
  }
}

/** Own keys only: a word of others may be called `constructor`. */
function named(words: Readonly<Record<string, string>>, key: string): string {
  return Object.hasOwn(words, key) ? (words[key] as string) : key
}

/** Seconds are what a page is late by; more than two minutes are told in minutes. */
function lateness(ms: number, { late }: TimelineWords): string {
  const seconds = Math.max(0, Math.round(ms / 1000))
  if (seconds < 120) return late(0, 0, seconds)
  const minutes = Math.floor(seconds / 60)
  return minutes < 120 ? late(0, minutes, 0) : late(Math.floor(minutes / 60), minutes % 60, 0)
}

function percent(bad: number, valid: number): string {
  return percentText(valid === 0 ? 0 : Math.floor((bad * 1_000_000) / valid))
}

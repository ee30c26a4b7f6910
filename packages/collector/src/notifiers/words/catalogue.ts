import type { Gate } from '@tabiji/core/alert'
import type { IndicatorName, Level, Subject } from '@tabiji/core/journey'
import type { Period } from '@tabiji/core/time'
import type { DigestWords } from './digest-words.ts'
import type { ExplainedWords } from './explained.ts'
import type { IncidentWords } from './incident-words.ts'
import type { PostmortemReminderWords } from './postmortem-words.ts'
import type { ReminderWords } from './reminder-words.ts'
import type { SlackWords } from './slack-words.ts'
import type { TroubleWords } from './trouble-words.ts'
import type { UpdateWords } from './update-words.ts'

export type Language = 'en' | 'ja'

/** A stretch of time in the unit in which it is said: `5`, `minutes`. */
export type SpanUnit = 'days' | 'hours' | 'minutes' | 'seconds'

/** Figures of a window as they are written. */
export type WindowWords = {
  readonly span: string
  readonly percent: string
  readonly bad: string
  readonly valid: string
}

/**
 * Every word of a message in one language. A sentence is a function of its slots, so that a missing slot does not compile
 * and no sentence is glued from pieces. Slots are written figures or names.
 */
export type Catalogue = {
  /** Said first of everything that is not real. */
  readonly sample: string
  /** Said first of practice, in both languages at once: who is woken by it must not doubt. */
  readonly drill: (key: string) => string
  readonly drillNote: string
  readonly separator: string
  readonly listSeparator: string
  readonly span: (n: number, unit: SpanUnit) => string
  /** Between two parts of one length of time. */
  readonly spanSeparator: string

  /** The first line: all that a phone shows. */
  readonly title: {
    readonly burning: (level: Level, journey: string, indicator: IndicatorName, rate: string) => string
    readonly milestone: (level: Level, journey: string, spent: string) => string
    readonly simple: (level: Level, journey: string, happening: string) => string
    readonly resolved: (level: Level, journey: string, lasted: string) => string
    readonly withdrawn: (level: Level, journey: string) => string
    readonly drillOver: (journey: string) => string
  }

  /** What happened, in figures. */
  readonly lead: {
    readonly burning: (
      indicator: IndicatorName,
      step: string | undefined,
      long: WindowWords,
      short: WindowWords,
      rate: string,
      limit: string,
    ) => string
    /** The same of a budget that is kept in slices of time. */
    readonly burningSlices: (
      slice: string,
      long: WindowWords,
      short: WindowWords,
      rate: string,
      limit: string,
    ) => string
    readonly milestone: (spent: string) => string
    readonly resolved: (lasted: string) => string
    readonly withdrawn: (lasted: string) => string
    readonly drillOver: (lasted: string) => string
  }

  /** What simple rules saw. */
  readonly simple: {
    readonly count: (subject: Subject, step: string | undefined, count: string, span: string) => string
    readonly share: (
      subject: Subject,
      step: string | undefined,
      percent: string,
      count: string,
      of: string,
      span: string,
    ) => string
    readonly absent: (services: readonly string[], span: string) => string
    /** @param lasting how long it had to hold, where it had to */
    readonly lead: (happening: string, kind: 'above' | 'below', limit: string, lasting: string | undefined) => string
    readonly unread: (happening: string) => string
  }

  readonly fields: {
    readonly objective: string
    readonly condition: string
    readonly note: string
    readonly budget: string
    readonly since: string
    readonly guard: string
    readonly worstStep: string
    readonly worstDependency: string
    readonly hurts: string
    readonly owner: string
    readonly runbook: string
    readonly askedBy: string
  }
  readonly promise: (indicator: IndicatorName, step: string | undefined, target: string, window: string) => string
  /** Marks what an engine made of a query. */
  readonly estimated: (promise: string) => string
  /** What had to be proven before it rang. */
  readonly guard: (badEvents: string, confidence: string) => string
  readonly month: string
  /** Periods of the calendar, counted from a date. */
  readonly calendar: (n: number, unit: Period['unit'], from: string) => string
  readonly rolling: (span: string) => string
  readonly left: (indicator: IndicatorName, left: string, bad: string, valid: string) => string
  readonly leftSlices: (slice: string, left: string, bad: string, valid: string) => string
  /** What is promised of slices; without a share of its events each slice counts by its own. */
  readonly promiseSlices: (slice: string, share: string | undefined, target: string, window: string) => string
  readonly ofBad: (step: string, bad: string, ofBad: string) => string
  readonly atService: (step: string, service: string, bad: string, valid: string) => string

  readonly explained: ExplainedWords
  /** What is told of an alert again, and of one that comes and goes. */
  readonly reminder: ReminderWords

  /** Buttons in Slack, and what is said to who pressed one. */
  readonly slack: SlackWords

  /** How an incident stands, and what is said about its roles. */
  readonly incident: IncidentWords

  /** An alert that somebody else evaluates. */
  readonly foreign: { readonly lead: (name: string, summary: string | undefined) => string; readonly link: string }

  /** The collector's own trouble. */
  readonly trouble: TroubleWords

  /** What to do first about a page, by its incident's checklist; nothing once all of it is done. */
  readonly toDo: (incident: string, items: readonly string[]) => string
  /** The next update about an incident is due. */
  readonly update: UpdateWords
  /** A postmortem is overdue. */
  readonly postmortem: PostmortemReminderWords

  /** Several notices in one message. */
  readonly group: {
    readonly ofJourney: (journey: string, alerts: string) => string
    readonly ofMany: (alerts: string, journeys: string) => string
    readonly lead: string
  }

  /** A message that only tries the way. */
  readonly digest: DigestWords
  readonly test: {
    readonly title: (receiver: string) => string
    readonly over: (receiver: string) => string
    readonly lead: string
    /** Who asked for the one that comes each week. */
    readonly weekly: string
  }

  /** What to do first. */
  readonly first: (level: Level, hasRunbook: boolean) => string
  readonly mayRepeat: string
  readonly insteadOf: (receiver: string) => string
  /** Told later than it was due, and why. */
  readonly late: (due: string, why: Gate | 'receiver') => string
  readonly asOf: (stamp: string) => string
  readonly links: { readonly runbook: string; readonly alert: string; readonly incident: string }
}

import type { ReminderRules } from '@tabiji/core/alert'
import type { Level } from '@tabiji/core/journey'
import { DAY, type Desk, dateOf, dayRange, nextOpening } from '@tabiji/core/time'
import type { Config } from '../config/config.ts'
import { createAcknowledging } from '../jobs/alert/acknowledge.ts'
import type { EpisodeBook } from '../jobs/alert/episode-book.ts'
import { createEvaluation, type Evaluation, type EvaluationRules } from '../jobs/alert/evaluate.ts'
import { attendToTimers } from '../jobs/alert/timers.ts'
import type { Acknowledging } from '../ports/acknowledging.ts'
import type { AlertStore } from '../ports/alert-store.ts'
import type { Teams } from './teams.ts'

type EpisodeParts = {
  readonly store: AlertStore
  readonly book: EpisodeBook
  readonly rules: EvaluationRules & { readonly reminders: ReminderRules }
  readonly now: () => number
}

/** Everything that changes an alert, on one book of the open ones. An evaluation looks at the timers as well. */
export function createEpisodes(
  config: Config,
  { store, book, rules, now }: EpisodeParts,
): { readonly evaluation: Evaluation; readonly acknowledging: Acknowledging } {
  const evaluation = createEvaluation(store, rules, book)
  const usualEnd = (level: Level, at: number, owner: string | undefined) => {
    const { pageMs, ticketMs } = config.unanswered.acknowledge
    if (level === 1) return at + pageMs
    return ticketMs === undefined ? nextDayOpening(at, rules.deskOf(owner)) : at + ticketMs
  }
  return {
    evaluation: {
      // What an evaluation has ended is told of no more, so the timers come after it.
      tick: (judge, at) => [...evaluation.tick(judge, at), ...attendToTimers({ store, book, rules }, at)],
    },
    acknowledging: createAcknowledging({ store, book, rules, usualEnd, now }),
  }
}

/** Whom a page that nobody takes goes to, by the configuration. */
export function remindersOf(config: Config, { deskOf }: Pick<Teams, 'deskOf'>): ReminderRules {
  const { escalation, reminders, ticketAfterDays } = config.unanswered
  return {
    escalation,
    reminders,
    // Told when the desk opens first; so many business days later it should be planned.
    ticketDue: (startedAt, owner) => {
      const desk = deskOf(owner)
      let opening = openingAfter(startedAt, desk)
      for (let day = 0; day < ticketAfterDays; day++) opening = nextDayOpening(opening, desk)
      return opening
    },
  }
}

/** When the desk opens on a later day than the instant's: who takes a ticket has it for the rest of the day at least. */
function nextDayOpening(at: number, desk: Desk): number {
  return openingAfter(dayRange(dateOf(at, desk.timeZone), desk.timeZone).to, desk)
}

/** Where a desk never opens again, every day is one on which somebody is asked. */
function openingAfter(at: number, desk: Desk): number {
  return nextOpening(at, desk) ?? at + DAY
}

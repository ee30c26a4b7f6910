import type { ReminderRules } from '@tabiji/core/alert'
import type { Level } from '@tabiji/core/journey'
import { dateOf, dayRange, nextOpening } from '@tabiji/core/time'
import type { Config } from '../config/config.ts'
import { createAcknowledging } from '../jobs/acknowledge.ts'
import type { EpisodeBook } from '../jobs/episode-book.ts'
import { createEvaluation, type Evaluation, type EvaluationRules } from '../jobs/evaluate.ts'
import { attendToTimers } from '../jobs/timers.ts'
import type { Acknowledging } from '../ports/acknowledging.ts'
import type { AlertStore } from '../ports/alert-store.ts'

type EpisodeParts = {
  readonly store: AlertStore
  readonly book: EpisodeBook
  readonly rules: EvaluationRules & { readonly reminders: ReminderRules }
  readonly zone: () => string
  readonly now: () => number
}

/** Everything that changes an alert, on one book of the open ones. An evaluation looks at the timers as well. */
export function createEpisodes(
  config: Config,
  { store, book, rules, zone, now }: EpisodeParts,
): { readonly evaluation: Evaluation; readonly acknowledging: Acknowledging } {
  const evaluation = createEvaluation(store, rules, book)
  const usualEnd = (level: Level, at: number) => {
    const { pageMs, ticketMs } = config.unanswered.acknowledge
    if (level === 1) return at + pageMs
    return ticketMs === undefined ? nextDayOpening(at, config, zone()) : at + ticketMs
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
export function remindersOf(config: Config, zone: () => string): ReminderRules {
  const { escalation, reminders, ticketAfterDays } = config.unanswered
  return {
    escalation,
    reminders,
    // Told when the desk opens first; so many business days later it should be planned.
    ticketDue: (startedAt) => {
      let opening = nextOpening(startedAt, zone(), config.hours)
      for (let day = 0; day < ticketAfterDays; day++) opening = nextDayOpening(opening, config, zone())
      return opening
    },
  }
}

/** When the desk opens on a later day than the instant's: who takes a ticket has it for the rest of the day at least. */
function nextDayOpening(at: number, { hours }: Config, zone: string): number {
  return nextOpening(dayRange(dateOf(at, zone), zone).to, zone, hours)
}

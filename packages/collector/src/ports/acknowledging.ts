import type { EpisodeRecord } from './alert-store.ts'
import type { Result } from './work.ts'

/** That somebody takes an alert, as they said it. Times in milliseconds. */
export type Acknowledgement = {
  /** Absent where nobody signs in. */
  readonly by?: string
  /** When they said it: what comes late or twice from elsewhere has the time that it had there. */
  readonly at: number
  /** Absent: for as long as the alert's level is usually taken. */
  readonly until?: number
  /** By which way it came: `api`, or the name of a receiver such as `pagerduty`. */
  readonly via: string
  readonly note?: string
}

/** What somebody thinks of an alert, and why. Times in milliseconds. */
export type Judgement = Pick<Acknowledgement, 'by' | 'at' | 'via'> & {
  /** It asked nobody for anything; false: it did after all. The later word holds. */
  readonly noise: boolean
  readonly reason: string
}

/**
 * Alerts in somebody's hands. What is refused is a value (`ALERT_UNKNOWN`, `ALERT_OVER`, `ALERT_ACK_TIME`); a store that fails
 * throws, and then nothing was recorded. Said twice, or older than what was said since, it changes nothing and is no error.
 */
export interface Acknowledging {
  /** Takes an alert, renews that, or takes it over. It ends reminders, never the alert. */
  acknowledge(episode: string, said: Acknowledgement): Result<EpisodeRecord>
  /** Gives it back: reminders begin anew. */
  unacknowledge(episode: string, said: Omit<Acknowledgement, 'until'>): Result<EpisodeRecord>
  /** Keeps what was said or done about it elsewhere as a line of its history. It changes nothing else. */
  note(
    episode: string,
    said: Omit<Acknowledgement, 'until' | 'note'> & { readonly note: string },
  ): Result<EpisodeRecord>
  /** Says that an alert was noise, also of one that is over; one that is open is in the hands of whoever says so. */
  judge(episode: string, said: Judgement): Result<EpisodeRecord>
}

import type { Place } from '@tabiji/core/problem'

/** What the exit code of a command says. */
export const EXIT = {
  /** Done, and the answer is fine. */
  fine: 0,
  /** Done, and the answer is "no": refused, found wrong, closed. */
  no: 1,
  /** Wrong usage, or a configuration that cannot be read. */
  usage: 2,
  /** The collector cannot be reached, or did not answer in time, or is none. */
  unreachable: 3,
  /** Not signed in, or not allowed. */
  notAllowed: 4,
  /** Not enough data to answer. */
  noData: 5,
  /** A bug in this program. */
  bug: 70,
  /** Stopped by Ctrl-C. */
  stopped: 130,
} as const
export type ExitCode = (typeof EXIT)[keyof typeof EXIT]

/** Ends a command whose answer is already printed: only the exit code is left to say. */
export class CliExit extends Error {
  readonly exit: ExitCode

  constructor(exit: ExitCode, message = `exit ${exit}`, options?: ErrorOptions) {
    super(message, options)
    this.name = 'CliExit'
    this.exit = exit
  }
}

/** One thing to tell on stderr: what is wrong, where in a file that somebody wrote, and how to mend it. */
export type Complaint = {
  readonly code: string
  readonly message: string
  readonly hint?: string
  readonly at?: Place
}

/** Ends a command with an error that the person is told, in text or as JSON. Its text may be hostile; printing mends that. */
export class CliError extends CliExit {
  readonly complaint: Complaint
  /** Everything that is wrong, when it is more than the complaint. */
  readonly problems: readonly Complaint[]

  constructor(exit: ExitCode, complaint: Complaint, problems: readonly Complaint[] = [], options?: ErrorOptions) {
    super(exit, complaint.message, options)
    this.name = 'CliError'
    this.complaint = complaint
    this.problems = problems
  }
}

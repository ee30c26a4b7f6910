/** What somebody asked the collector to do, as it was said. */
export type Command = {
  /** Milliseconds. */
  readonly at: number
  /** The name of the token, or what whoever asked called themselves. */
  readonly by?: string
  /** Whether a token said who it is. */
  readonly signed: boolean
  /** `/alerts/A-0042/ack` */
  readonly action: string
  /** The body as JSON. */
  readonly said: string
  /** What the sender calls the request, so that it may be sent again. */
  readonly key?: string
}

/** What was answered. */
export type Answered = { readonly status: number; readonly body: object; readonly location?: string }

export type Begun =
  | { readonly kind: 'new'; readonly id: number }
  | { readonly kind: 'answered'; readonly answered: Answered }
  /** The key was used for something else. */
  | { readonly kind: 'other' }
  /** The daemon ended while it was being done: nobody knows whether it was. */
  | { readonly kind: 'unknown' }

/** A line of the audit. */
export type CommandLine = Omit<Command, 'key'> & {
  /** `unknown`: the daemon ended while it was being done. */
  readonly outcome: 'done' | 'unknown'
}

type CommandFilter = {
  readonly by?: string
  /** A part of the path: an alert, an incident, a verb. */
  readonly about?: string
  readonly limit: number
}

/** Who did what: every change that came by the API. What was refused changed nothing and is not kept. */
export interface CommandLog {
  /** Written before anything is done, so that what was cut short is known to have been begun. */
  begin(command: Command): Begun
  done(id: number, answered: Answered): void
  /** It was refused, or failed: nothing was changed, and the same key may be used again. */
  undo(id: number): void
  /** The newest first. */
  list(filter: CommandFilter): readonly CommandLine[]
}

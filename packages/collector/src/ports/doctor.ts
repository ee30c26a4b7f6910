/** One thing that is wrong with how services are measured: every part is told, or it is of no use to who reads it. */
export type Finding = {
  readonly code: string
  /** An `error` makes numbers wrong or missing; a `warning` costs something or will one day. */
  readonly severity: 'error' | 'warning'
  /** The file, package or address. Never holds a query, a user or a password. */
  readonly where: string
  readonly what: string
  readonly why: string
  readonly fix: string
}

/** What an examination found, and what it looked at: no findings where nobody looked mean nothing. */
export type Examined = {
  readonly findings: readonly Finding[]
  readonly looked: readonly string[]
  readonly notLooked: readonly string[]
}

/** The last look at the services that are read: when, ISO 8601, and what it found. */
export type Look = Examined & { readonly at: string }

/** Looks for what makes numbers wrong. */
export interface Doctor {
  /** Looks now, unless somebody did within the last minute: then what that found. */
  look(): Promise<Look>
}

/** A value that nothing can print by accident. */
export type Concealed = () => string

/** What an answer must have at a place of its JSON. `pointer` is RFC 6901: `/items/0/id`. */
export type JsonRule = { readonly pointer: string } & (
  | { readonly equals: string | number | boolean | null }
  | { readonly matches: string }
  | { readonly exists: boolean }
)

/** Everything that an answer must have to be the one that was promised. */
export type Expectation = {
  /** Absent: any from 200 to 299. */
  readonly status?: readonly number[]
  /** Texts that headers must contain, by name in small letters. */
  readonly headers: Readonly<Record<string, string>>
  readonly json: readonly JsonRule[]
  readonly contains: readonly string[]
}

/** Where a value comes from that later requests use. */
export type Capture = { readonly name: string } & ({ readonly pointer: string } | { readonly header: string })

/** Texts may hold `${name}` of a secret or of what was captured before. */
export type ProbeBody =
  | { readonly kind: 'json'; readonly value: unknown }
  | { readonly kind: 'form'; readonly value: Readonly<Record<string, string>> }
  | { readonly kind: 'text'; readonly value: string }

/** One request of a probe, and the step of the journey that it is an event of. Durations are milliseconds. */
export type ProbeStep = {
  readonly step: string
  readonly method: string
  /** May hold `${name}` behind its origin. */
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: ProbeBody
  /** The promise, where it is another one than the journey's. */
  readonly withinMs?: number
  readonly timeoutMs: number
  /** Asks again, with this pause, until the answer is the expected one or the time is up. */
  readonly pollMs?: number
  readonly expect: Expectation
  readonly capture: readonly Capture[]
}

/** A journey as a customer makes it, to be run at an interval. */
export type ProbePlan = {
  readonly name: string
  readonly journey: string
  readonly intervalMs: number
  /** For all steps together. */
  readonly timeoutMs: number
  readonly steps: readonly ProbeStep[]
  readonly secrets: Readonly<Record<string, Concealed>>
  /** Certificates, in PEM, that are trusted instead of the system's; asked at every run. */
  readonly ca?: () => string
  /** Redirects are followed within an origin, and to these ones without credentials. */
  readonly redirects: { readonly most: number; readonly to: readonly string[] }
  /** People are told when a certificate is not valid for longer than this. */
  readonly certificateMs: number
}

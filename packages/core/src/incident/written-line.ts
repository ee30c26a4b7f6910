/** Where people wrote a line: at the command line or the API, in Slack, or in a shell. */
export const LINE_SOURCES = ['person', 'slack', 'shell'] as const
export type LineSource = (typeof LINE_SOURCES)[number]

/** Why something was done: what was known by then, what could have been done, what was chosen. */
export type Choice = {
  readonly knew: string
  readonly options: readonly string[]
  readonly choice: string
  readonly why: string
}

/** A line that people wrote, as the events tell it. */
export type WrittenLine = {
  /** `L-0001`, in the order of writing. */
  readonly id: string
  readonly recordedAt: number
  readonly happenedAt: number
  readonly by?: string
  readonly source: LineSource
  readonly identity?: string
  readonly said: string | Choice
  readonly struck?: { readonly at: number; readonly by?: string; readonly reason: string }
}

/** What the family keeps of an incident. */
export type Lines = { readonly written: readonly WrittenLine[]; readonly starred: readonly string[] }

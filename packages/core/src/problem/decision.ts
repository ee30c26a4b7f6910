import type { Problem } from './problem.ts'
import { hintFor } from './wording.ts'

/** What a command leads to: events to append, or everything that speaks against it. */
export type Decision<Event> =
  | { readonly ok: true; readonly events: readonly Event[] }
  | { readonly ok: false; readonly problems: readonly Problem[] }

/** Who records what, when. `now` is in milliseconds. */
export type Scribe = { readonly now: number; readonly by?: string }

/** What every event carries. */
export function recorded({ now, by }: Scribe): { readonly at: number; readonly by?: string } {
  return { at: now, ...(by !== undefined && { by }) }
}

/** The events, unless a problem forbids them. */
export function decide<Event>(problems: readonly Problem[], ...events: readonly Event[]): Decision<Event> {
  return problems.length > 0 ? { ok: false, problems } : { ok: true, events }
}

/** One reason why a command is refused. `path` names the field of the command; without it, the command itself. */
export function refusal(code: string, message: string, hint?: string, path: readonly string[] = []): Problem {
  return { code, severity: 'error', message, ...(hint !== undefined && { hint }), path }
}

/** The longest title and the longest reason that are kept, in characters. */
const LONGEST = { title: 200, reason: 2_000 } as const

/** Why a text that people must write is refused: blank, or too long to be read. */
export function checkText(code: string, field: string, text: string): readonly Problem[] {
  const longest = field === 'title' ? LONGEST.title : LONGEST.reason
  const length = text.trim().length
  if (length > 0 && length <= longest) return []
  const got = length === 0 ? 'nothing' : `${length}`
  return [refusal(code, `Expected \`${field}\` to have 1 to ${longest} characters, got ${got}`, undefined, [field])]
}

/** Why a name is refused: it is none of the known ones. The nearest of them is offered when it is near enough. */
export function checkKnown(code: string, field: string, name: string, known: readonly string[]): readonly Problem[] {
  if (known.includes(name)) return []
  return [refusal(code, `Expected \`${field}\` to be a known one, got "${name}"`, hintFor(name, known), [field])]
}

import {
  checkText,
  type Decision,
  decide,
  hintFor,
  type Problem,
  recorded,
  refusal,
  type Scribe,
} from '../problem/index.ts'
import { DAY, isoIn, parseInstant } from '../time/index.ts'
import { unreadableInstant } from '../time/typed.ts'
import type { Incident, IncidentContext, Recorded } from './state.ts'
import type { Choice, LineSource, Lines, WrittenLine } from './written-line.ts'

/** A line that another system kept. `identity` is the same whenever it is read again. `by` is absent where nobody is known. */
export type KeptLine = {
  readonly identity: string
  /** When it was written there, milliseconds. */
  readonly happenedAt: number
  readonly by?: string
  readonly text: string
}

/** What people write on the timeline, and the marks that they put on lines. */
export type LinesEvent = Recorded &
  (
    | { readonly type: 'noted'; readonly happenedAt: number; readonly text: string; readonly via: LineSource }
    | ({ readonly type: 'decided'; readonly happenedAt: number; readonly via: LineSource } & Choice)
    | { readonly type: 'imported'; readonly from: 'slack' | 'shell'; readonly lines: readonly KeptLine[] }
    | { readonly type: 'starred' | 'unstarred'; readonly line: string }
    | { readonly type: 'struck'; readonly line: string; readonly reason: string }
  )

type Wanted = {
  /** When it was, as it was typed; absent: now. */
  readonly happened?: string
  readonly via: LineSource
}

export type LinesCommand =
  | ({ readonly type: 'note'; readonly text: string } & Wanted)
  | ({ readonly type: 'decide' } & Choice & Wanted)
  | { readonly type: 'import'; readonly from: 'slack' | 'shell'; readonly lines: readonly KeptLine[] }
  /** A line of the assembled timeline, whatever its source; whoever sends the command has looked that it is there. */
  | { readonly type: 'star' | 'unstar'; readonly line: string }
  | { readonly type: 'strike'; readonly line: string; readonly reason: string }

/** More than anybody reads; a bound on what one incident can take. */
const MOST_LINES = 5_000
const MOST_OPTIONS = 12

export function decideLines(current: Incident, command: LinesCommand, context: IncidentContext): Decision<LinesEvent> {
  const common = recorded(context)
  const { written = [], starred = [] } = current.lines ?? {}
  switch (command.type) {
    case 'note': {
      const { problems, happenedAt } = timeOf(command.happened, context)
      const all = [...problems, ...checkText('LINE_TEXT', 'text', command.text), ...checkRoom(written.length + 1)]
      return decide(all, { ...common, type: 'noted', happenedAt, text: command.text.trim(), via: command.via })
    }
    case 'decide': {
      const { type: _, happened, via, ...choice } = command
      const { problems, happenedAt } = timeOf(happened, context)
      const all = [...problems, ...checkChoice(choice), ...checkRoom(written.length + 1)]
      return decide(all, { ...common, type: 'decided', happenedAt, via, ...choice })
    }
    case 'import':
      return decideImport(written, command, context)
    case 'star':
    case 'unstar': {
      // Said twice it is as it was: two people may press at once.
      if (starred.includes(command.line) === (command.type === 'star')) return { ok: true, events: [] }
      const type = command.type === 'star' ? 'starred' : 'unstarred'
      return decide([], { ...common, type, line: command.line })
    }
    case 'strike': {
      const problems = [
        ...checkStrike(written, command.line, context),
        ...checkText('LINE_REASON', 'reason', command.reason),
      ]
      return decide(problems, { ...common, type: 'struck', line: command.line, reason: command.reason.trim() })
    }
  }
}

function decideImport(
  written: readonly WrittenLine[],
  { from, lines }: Extract<LinesCommand, { type: 'import' }>,
  context: Scribe & IncidentContext,
): Decision<LinesEvent> {
  const known = new Set(written.map(({ identity }) => identity))
  const fresh: KeptLine[] = []
  for (const line of lines) {
    if (known.has(line.identity)) continue
    known.add(line.identity)
    fresh.push(line)
  }
  const problems = [
    ...fresh.flatMap(({ text }) => checkText('LINE_TEXT', 'text', text)).slice(0, 1),
    ...fresh.flatMap(({ happenedAt }) => checkPast(happenedAt, context)).slice(0, 1),
    ...checkRoom(written.length + fresh.length),
  ]
  return decide(
    problems,
    ...(fresh.length === 0 ? [] : [{ ...recorded(context), type: 'imported' as const, from, lines: fresh }]),
  )
}

export function applyLines(incident: Incident, event: LinesEvent): Incident {
  const { written = [], starred = [] } = incident.lines ?? {}
  return { ...incident, lines: linesAfter({ written, starred }, event) }
}

function linesAfter({ written, starred }: Lines, event: LinesEvent): Lines {
  const who = event.by === undefined ? {} : { by: event.by }
  const idOf = (place: number) => `L-${String(written.length + place).padStart(4, '0')}`
  switch (event.type) {
    case 'noted':
    case 'decided': {
      const { at: recordedAt, happenedAt, via: source } = event
      const said = event.type === 'noted' ? event.text : choiceOf(event)
      return { starred, written: [...written, { id: idOf(1), recordedAt, happenedAt, ...who, source, said }] }
    }
    case 'imported': {
      const more = event.lines.map(({ text, ...line }, i) => {
        return { id: idOf(i + 1), recordedAt: event.at, source: event.from, ...line, said: text }
      })
      return { starred, written: [...written, ...more] }
    }
    case 'starred':
      return { written, starred: [...starred, event.line] }
    case 'unstarred':
      return { written, starred: starred.filter((line) => line !== event.line) }
    case 'struck': {
      const struck = { at: event.at, ...who, reason: event.reason }
      return { starred, written: written.map((line) => (line.id === event.line ? { ...line, struck } : line)) }
    }
  }
}

function choiceOf({ knew, options, choice, why }: Choice): Choice {
  return { knew, options, choice, why }
}

function timeOf(happened: string | undefined, context: IncidentContext) {
  if (happened === undefined) return { problems: [], happenedAt: context.now }
  const at = parseInstant(happened, context.now, context.zone)
  if (at === undefined) {
    return { problems: [unreadableInstant('LINE_TIME', 'at', happened, context.zone)], happenedAt: context.now }
  }
  return { problems: checkPast(at, context), happenedAt: at }
}

/** What is written about has happened; a clock beside ours may be a little ahead. */
function checkPast(at: number, { now, zone }: IncidentContext): readonly Problem[] {
  if (at <= now + DAY / 24 / 12) return []
  const message = `Expected a time at or before now (${isoIn(now, zone)}), got ${isoIn(at, zone)}`
  return [refusal('LINE_TIME', message, 'write the date as well when it was yesterday: 2026-10-20T23:50', ['at'])]
}

function checkChoice({ knew, options, choice, why }: Choice): readonly Problem[] {
  return [
    ...checkText('LINE_DECISION', 'knew', knew),
    ...checkText('LINE_DECISION', 'choice', choice),
    ...checkText('LINE_DECISION', 'why', why),
    ...options.flatMap((option) => checkText('LINE_DECISION', 'option', option)),
    ...(options.length <= MOST_OPTIONS
      ? []
      : [refusal('LINE_DECISION', `Expected at most ${MOST_OPTIONS} options, got ${options.length}`)]),
  ]
}

function checkRoom(count: number): readonly Problem[] {
  if (count <= MOST_LINES) return []
  const hint = 'import a shorter stretch with `--from` and `--to`'
  return [refusal('LINE_TOO_MANY', `Expected at most ${MOST_LINES} written lines of one incident, got ${count}`, hint)]
}

function checkStrike(written: readonly WrittenLine[], id: string, { zone }: IncidentContext): readonly Problem[] {
  const line = written.find((one) => one.id === id)
  if (line === undefined) {
    const near = hintFor(
      id,
      written.map((one) => one.id),
    )
    const hint = near ?? 'what the books, alerts and trackers say is mended there, or answered by a note'
    return [refusal('LINE_NOT_WRITTEN', `Expected a line that somebody wrote (L-0001), got ${id}`, hint, ['line'])]
  }
  if (line.struck === undefined) return []
  return [refusal('LINE_STRUCK', `Expected ${id} to stand, but it was struck out at ${isoIn(line.struck.at, zone)}`)]
}

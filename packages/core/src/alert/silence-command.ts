import {
  checkKnown,
  checkText,
  type Decision,
  decide,
  hintFor,
  type Problem,
  recorded,
  refusal,
  type Scribe,
} from '../problem/index.ts'
import { DAY, isoIn, MINUTE, parseDuration, parseInstant } from '../time/index.ts'
import { unreadableInstant } from '../time/typed.ts'
import { type Label, type Matcher, parseMatcher } from './matcher.ts'
import { type Silence, type SilenceEvent, silenceStateAt } from './silence.ts'

/** What somebody wants of silences. Times and durations as they were typed; see `parseInstant` and `parseDuration`. */
export type SilenceCommand =
  | {
      readonly type: 'add'
      readonly matchers: readonly string[]
      readonly owner: string
      readonly reason: string
      /** Absent: from now on. */
      readonly from?: string
      /** When it ends, or how long it lasts; one of them, unless it ends when idle. */
      readonly to?: string
      readonly for?: string
      readonly untilIdle?: string
    }
  | { readonly type: 'extend'; readonly to?: string; readonly for?: string; readonly reason: string }
  | { readonly type: 'end'; readonly reason: string }

/** What a decision about a silence needs to know. */
export type SilenceContext = Scribe & {
  readonly key: string
  /** Keys of all silences, for "did you mean". */
  readonly keys: readonly string[]
  readonly zone: string
  /** Names that the journeys file knows, by the label that they are values of. */
  readonly known: Readonly<Partial<Record<Label, readonly string[]>>>
  /** Whether nothing is recorded: then nobody has to answer for it yet, and owner and reason may be empty. */
  readonly isPreview?: boolean
}

/** Nobody remembers why after longer; an extension says so anew. */
const LONGEST = 30 * DAY
/** How long a silence lasts at most that ends when it is idle and states no end. */
const IDLE_LONGEST = 7 * DAY
const IDLE = { least: MINUTE, most: 7 * DAY } as const
const MOST_MATCHERS = 10

/** Decides a command on the silence of `context.key`; pure. @param current absent when there is none */
export function decideSilence(
  current: Silence | undefined,
  command: SilenceCommand,
  context: SilenceContext,
): Decision<SilenceEvent> {
  if (command.type === 'add') return add(command, context)
  if (current === undefined) return decide([unknownSilence(context.key, context.keys)])
  const reason = checkText('SILENCE_REASON', 'reason', command.reason)
  const over = checkNotOver(current, context)
  const common = { ...recorded(context), reason: command.reason.trim() }
  if (command.type === 'end') return decide([...over, ...reason], { ...common, type: 'ended', why: 'person' })
  const { to, problems } = over.length > 0 ? { to: undefined, problems: over } : endOf(command, context.now, context)
  const stretch = to === undefined ? [] : checkExtension(current, to, context)
  return decide([...problems, ...stretch, ...reason], { ...common, type: 'extended', to: to ?? current.to })
}

/** Why a key leads nowhere, with the nearest of the known ones. */
export function unknownSilence(key: string, keys: readonly string[]): Problem {
  return refusal('SILENCE_UNKNOWN', `There is no silence ${key}`, hintFor(key, keys))
}

function add(command: Extract<SilenceCommand, { type: 'add' }>, context: SilenceContext): Decision<SilenceEvent> {
  const { now, zone } = context
  const from = command.from === undefined ? now : parseInstant(command.from, now, zone)
  const { matchers, problems: unreadable } = readMatchers(command.matchers, context)
  const idleMs = command.untilIdle === undefined ? undefined : parseDuration(command.untilIdle)
  const states = command.to !== undefined || command.for !== undefined
  const end =
    states || command.untilIdle === undefined
      ? endOf(command, from ?? now, context)
      : { to: (from ?? now) + IDLE_LONGEST, problems: [] }
  const said = (code: string, field: 'owner' | 'reason') =>
    context.isPreview === true && command[field].trim() === '' ? [] : checkText(code, field, command[field])
  const isIdleWrong = command.untilIdle !== undefined && !isBetween(idleMs, IDLE)
  const problems = [
    ...unreadable,
    ...said('SILENCE_OWNER', 'owner'),
    ...said('SILENCE_REASON', 'reason'),
    ...(from === undefined ? [unreadableInstant('SILENCE_TIME', 'from', command.from ?? '', zone)] : []),
    ...(isIdleWrong ? [refusal('SILENCE_IDLE', idleMessage(command.untilIdle ?? ''), undefined, ['untilIdle'])] : []),
    ...end.problems,
    ...(from !== undefined && end.to !== undefined ? checkStretch(from, end.to, context) : []),
  ]
  return decide(problems, {
    ...recorded(context),
    type: 'added',
    matchers,
    owner: command.owner.trim(),
    reason: command.reason.trim(),
    from: from ?? now,
    to: end.to ?? now,
    ...(idleMs !== undefined && { idleMs }),
  })
}

function readMatchers(texts: readonly string[], { known }: SilenceContext) {
  const read = texts.map(parseMatcher)
  const matchers = read.filter((each): each is Matcher => 'label' in each)
  const hint = 'write LABEL=VALUE, LABEL!=VALUE or LABEL=~PATTERN such as journey=checkout, level!=1, rule=~checkout/*'
  const count = texts.length > 0 && texts.length <= MOST_MATCHERS
  const number = refusal('SILENCE_MATCHERS', `Expected 1 to ${MOST_MATCHERS} matchers, got ${texts.length}`, hint, [
    'matchers',
  ])
  const problems = [
    ...(count ? [] : [number]),
    ...read.flatMap((each) =>
      'mistake' in each
        ? [refusal('SILENCE_MATCHER', `Expected a matcher: ${each.mistake}`, hint, ['matchers'])]
        : checkName(each, known[each.label]),
    ),
  ]
  return { matchers, problems }
}

/** A name that is compared as a whole must exist: a misspelt one would silence nothing, and nobody would see why. */
function checkName({ label, operator, value }: Matcher, known: readonly string[] | undefined): readonly Problem[] {
  if (known === undefined || operator === '=~' || value === '') return []
  return checkKnown('SILENCE_UNKNOWN_NAME', label, value, known)
}

/** When it ends by what was typed: an instant, or a time that counts from `start`. */
function endOf(
  typed: { readonly to?: string; readonly for?: string },
  start: number,
  { now, zone }: SilenceContext,
): { readonly to?: number; readonly problems: readonly Problem[] } {
  if ((typed.to === undefined) === (typed.for === undefined)) {
    const message = 'Expected either `to` or `for`: a silence has an end'
    return { problems: [refusal('SILENCE_END', message, 'such as --for 2h, or --to 18:00', ['for'])] }
  }
  if (typed.for !== undefined) {
    const ms = parseDuration(typed.for)
    if (ms !== undefined) return { to: start + ms, problems: [] }
    const message = `Expected \`for\` to be a duration such as 30m, 2h or 3d, got "${typed.for}"`
    return { problems: [refusal('SILENCE_END', message, undefined, ['for'])] }
  }
  const to = parseInstant(typed.to ?? '', now, zone)
  return to === undefined
    ? { problems: [unreadableInstant('SILENCE_TIME', 'to', typed.to ?? '', zone)] }
    : { to, problems: [] }
}

function checkStretch(from: number, to: number, { now, zone }: SilenceContext): readonly Problem[] {
  if (to <= Math.max(from, now)) {
    const after = isoIn(Math.max(from, now), zone)
    return [refusal('SILENCE_ORDER', `Expected an end after ${after}, got ${isoIn(to, zone)}`, undefined, ['to'])]
  }
  if (to - Math.max(from, now) <= LONGEST) return []
  const message = `Expected a silence of at most 30 days, got one until ${isoIn(to, zone)}`
  const hint = 'extend it when it is still needed, or mend the rule in the journeys file'
  return [refusal('SILENCE_TOO_LONG', message, hint, ['to'])]
}

function checkNotOver(current: Silence, { key, now, zone }: SilenceContext): readonly Problem[] {
  const state = silenceStateAt(current, now)
  if (state === 'active' || state === 'planned') return []
  const at = isoIn(current.ended?.at ?? current.to, zone)
  return [refusal('SILENCE_OVER', `Expected ${key} to be in force, but it ${state} at ${at}`, 'add another one')]
}

function checkExtension(current: Silence, to: number, context: SilenceContext): readonly Problem[] {
  const stretch = checkStretch(current.from, to, context)
  if (stretch.length > 0 || to > current.to) return stretch
  const [present, asked] = [isoIn(current.to, context.zone), isoIn(to, context.zone)]
  const message = `Expected an end after the present one (${present}), got ${asked}`
  return [refusal('SILENCE_SHORTER', message, 'to end it now: tabiji silence end', ['to'])]
}

function idleMessage(typed: string): string {
  return `Expected \`untilIdle\` to be a duration from 1m to 7d, got "${typed}"`
}

function isBetween(ms: number | undefined, { least, most }: typeof IDLE): boolean {
  return ms !== undefined && ms >= least && ms <= most
}

import type { Withdrawal } from '../budget/index.ts'
import { checkKnown, checkText, type Decision, decide, type Problem, refusal, type Scribe } from '../problem/index.ts'
import { DAY, isoIn, MINUTE, parseInstant } from '../time/index.ts'
import { unreadableInstant } from '../time/typed.ts'
import type { Annotation, AnnotationKind } from './annotation.ts'

/** What somebody wants to be told with alerts. */
export type AnnotationRequest = {
  readonly kind: AnnotationKind
  readonly title: string
  readonly service?: string
  readonly journeys: readonly string[]
  readonly url?: string
  /** As it was typed (see `parseInstant`); absent: now. */
  readonly at?: string
}

/** What a decision about an annotation needs to know. */
export type AnnotationContext = Scribe & {
  readonly zone: string
  readonly journeys: readonly string[]
  /** Every service that has books here, or may have. */
  readonly services: readonly string[]
}

/** A machine that tells of its deployment may have a clock that is ahead by a little. */
const AHEAD = 5 * MINUTE
const OLDEST = 400 * DAY
const LONGEST_URL = 2_000

/** Decides whether a change is kept. Its time may lie in the past, not in the future: what has not happened explains nothing. */
export function decideAnnotation(
  request: AnnotationRequest,
  context: AnnotationContext,
): Decision<Omit<Annotation, 'key'>> {
  const { kind, title, service, journeys, url } = request
  const { now, by, zone } = context
  const at = request.at === undefined ? now : parseInstant(request.at, now, zone)
  const problems = [
    ...checkText('ANNOTATION_TITLE', 'title', title),
    ...journeys.flatMap((name) => checkKnown('ANNOTATION_UNKNOWN_JOURNEY', 'journey', name, context.journeys)),
    // Named with journeys, a service may be one that has no books here: a database, somebody else's API.
    ...(service === undefined || journeys.length > 0
      ? []
      : checkKnown('ANNOTATION_UNKNOWN_SERVICE', 'service', service, context.services).map(withList(context.services))),
    ...(url === undefined || isAddress(url) ? [] : [wrongAddress()]),
    ...(at === undefined
      ? [unreadableInstant('ANNOTATION_TIME', 'at', request.at ?? '', zone)]
      : checkTime(at, now, zone)),
  ]
  return decide(problems, {
    kind,
    title: title.trim(),
    at: Math.min(at ?? now, now),
    createdAt: now,
    ...(by !== undefined && { by }),
    ...(service !== undefined && { service }),
    journeys: [...new Set(journeys)],
    ...(url !== undefined && { url }),
  })
}

/** @param current the annotation of `key`; absent when there is none */
export function decideAnnotationWithdrawal(
  current: Annotation | undefined,
  reason: string,
  { now, by, key, zone }: Scribe & { readonly key: string; readonly zone: string },
): Decision<Withdrawal> {
  if (current === undefined) return decide([unknownAnnotation(key)])
  const problems = [...checkText('ANNOTATION_REASON', 'reason', reason)]
  if (current.withdrawn !== undefined) {
    const message = `Expected ${key} to be active, but it was withdrawn at ${isoIn(current.withdrawn.at, zone)}`
    problems.push(refusal('ANNOTATION_WITHDRAWN', message, 'to tell of the change after all, add another annotation'))
  }
  return decide(problems, { at: now, ...(by !== undefined && { by }), reason: reason.trim() })
}

/** Why a key leads nowhere. */
export function unknownAnnotation(key: string): Problem {
  return refusal('ANNOTATION_UNKNOWN', `There is no annotation ${key}`, 'tabiji annotation list')
}

/** Where no known name is near, a few of them help more than none. */
function withList(known: readonly string[]): (problem: Problem) => Problem {
  return (problem) => {
    if (problem.hint !== undefined || known.length === 0) return problem
    return { ...problem, hint: `known: ${known.slice(0, 10).join(', ')}` }
  }
}

function checkTime(at: number, now: number, zone: string): readonly Problem[] {
  const got = isoIn(at, zone)
  if (at > now + AHEAD)
    return [refusal('ANNOTATION_TIME', `Expected \`at\` to be at or before now, got ${got}`, undefined, ['at'])]
  if (at >= now - OLDEST) return []
  return [refusal('ANNOTATION_TIME', `Expected \`at\` to be within the last 400 days, got ${got}`, undefined, ['at'])]
}

/** Addresses are put into messages as links, so nothing but a web address may stand there. */
function isAddress(url: string): boolean {
  return url.length <= LONGEST_URL && /^https?:\/\/[^\s\p{C}/][^\s\p{C}]*$/u.test(url)
}

function wrongAddress(): Problem {
  const message = `Expected \`url\` to begin with http:// or https:// and to have at most ${LONGEST_URL} characters`
  return refusal('ANNOTATION_URL', message, undefined, ['url'])
}

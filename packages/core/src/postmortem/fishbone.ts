import { z } from 'zod'
import {
  CAUSE_ID,
  CAUSE_ID_FORM,
  checkBone,
  DEEPEST_WHY,
  FIX_KEY,
  FIX_KEY_FORM,
  type IncidentCause,
} from '../incident/index.ts'
import { readText } from '../problem/document.ts'
import { checkShape, hasErrors, locateProblems, type Path, type Problem, problem } from '../problem/index.ts'

/** A cause, what shows it, the fix that removes it, and why it was there: each answer is a cause itself. */
export type Cause = {
  /** A slug, unique in its fishbone, by which a fix names it. */
  readonly id: string
  readonly text: string
  /** Addresses of what shows it. */
  readonly evidence: readonly string[]
  /** `FIX-0117`. */
  readonly fix?: string
  readonly why: readonly Cause[]
}

/** The name of a default bone, or one of its own, with its causes. */
export type Bone = { readonly name: string; readonly causes: readonly Cause[] }

/** What went wrong and why, as data: everything that is drawn or listed is made from it. */
export type Fishbone = { readonly effect: string; readonly bones: readonly Bone[] }

export type FishboneRead =
  | { readonly ok: true; readonly fishbone: Fishbone }
  | { readonly ok: false; readonly problems: readonly Problem[] }

const MOST_CAUSES = 100

const sentence = (most: number) =>
  z
    .string()
    .trim()
    .min(1, { error: `a text of 1 to ${most} characters` })
    .max(most, { error: `a text of 1 to ${most} characters` })
const address = z.url({ protocol: /^https?$/, error: 'an address that begins with http:// or https://' }).max(500)
const slug = z.string().regex(CAUSE_ID, { error: CAUSE_ID_FORM })

const causeSchema: z.ZodType<Cause> = z.strictObject({
  id: slug,
  text: sentence(200),
  evidence: z.array(address).max(20).default([]),
  fix: z.string().regex(FIX_KEY, { error: FIX_KEY_FORM }).exactOptional(),
  get why() {
    return z.array(causeSchema).max(20).default([])
  },
})

const bonesSchema = z.record(
  z.string(),
  z
    .array(causeSchema)
    .max(50)
    .nullable()
    .transform((causes) => causes ?? []),
)
const fishboneSchema = z.strictObject({ effect: sentence(200), bones: bonesSchema })

/**
 * Reads a fishbone, YAML or JSON. All that is wrong with it is told at once, with places.
 *
 * ```yaml
 * effect: Payments failed for 38 minutes
 * bones:                              # change, design, capacity, dependency, detection, process, or your own; none is a person
 *   design:
 *     - id: retry-without-back-off    # a fix names it: tabiji fix add … --cause retry-without-back-off
 *       text: Clients retried at once
 *       evidence: ['https://grafana.example.com/d/retries']
 *       fix: FIX-0117
 *       why:                          # asked again, as often as it helps
 *         - { id: default-client, text: The default client has no back-off }
 * ```
 *
 * @param file how the places name the text
 */
export function readFishbone(text: string, file: string): FishboneRead {
  const read = readText(text, file)
  if (!read.ok) return read
  const checked = checkFishbone(read.value, [])
  const problems = [...read.problems, ...(checked.ok ? [] : locateProblems(checked.problems, read.locate))]
  return checked.ok && !hasErrors(problems) ? checked : { ok: false, problems }
}

/** Checks a fishbone that is part of another document. @param parent the path to it in that document */
export function checkFishbone(value: unknown, parent: Path): FishboneRead {
  const shape = checkShape(fishboneSchema, value, 'FISHBONE')
  if (!shape.ok)
    return { ok: false, problems: shape.problems.map((one) => ({ ...one, path: [...parent, ...one.path] })) }
  const { effect, bones } = shape.value
  const problems = [
    ...Object.keys(bones).flatMap((name) => checkBone(name, [...parent, 'bones', name])),
    ...checkCauses(bones, [...parent, 'bones']),
  ]
  if (problems.length > 0) return { ok: false, problems }
  return { ok: true, fishbone: { effect, bones: Object.entries(bones).map(([name, causes]) => ({ name, causes })) } }
}

/** Every cause with the bone that it is on and how deep it lies, from 1, in the order of the document. */
export function causesOf({
  bones,
}: Fishbone): readonly { readonly bone: string; readonly cause: Cause; readonly depth: number }[] {
  const walk = (bone: string, causes: readonly Cause[], depth: number): ReturnType<typeof causesOf> =>
    causes.flatMap((cause) => [{ bone, cause, depth }, ...walk(bone, cause.why, depth + 1)])
  return bones.flatMap(({ name, causes }) => walk(name, causes, 1))
}

/** The causes as an incident keeps them: each with what it is under. What shows them stays in the document. */
export function recordedCauses({ bones }: Fishbone): readonly IncidentCause[] {
  const walk = (bone: string, causes: readonly Cause[], under?: string): readonly IncidentCause[] =>
    causes.flatMap(({ id, text, fix, why }) => [
      { id, text, bone, ...(fix !== undefined && { fix }), ...(under !== undefined && { under }) },
      ...walk(bone, why, id),
    ])
  return bones.flatMap(({ name, causes }) => walk(name, causes))
}

function checkCauses(bones: Readonly<Record<string, readonly Cause[]>>, path: Path): readonly Problem[] {
  const problems: Problem[] = []
  const seen = new Set<string>()
  let count = 0
  const visit = (cause: Cause, at: Path, depth: number): void => {
    count += 1
    if (count === MOST_CAUSES + 1) {
      problems.push(problem('FISHBONE_TOO_LARGE', at, `Expected at most ${MOST_CAUSES} causes in one fishbone`))
    }
    if (depth === DEEPEST_WHY + 1) {
      problems.push(problem('FISHBONE_TOO_DEEP', at, `Expected at most ${DEEPEST_WHY} whys below one another`))
    }
    if (seen.has(cause.id)) {
      const message = `Expected the id of each cause once, got \`${cause.id}\` again`
      problems.push(problem('FISHBONE_DUPLICATE_ID', [...at, 'id'], message, { hint: 'name one of them otherwise' }))
    }
    seen.add(cause.id)
    for (const [i, why] of cause.why.entries()) visit(why, [...at, 'why', i], depth + 1)
  }
  for (const [name, causes] of Object.entries(bones)) {
    for (const [i, cause] of causes.entries()) visit(cause, [...path, name, i], 1)
  }
  return problems
}

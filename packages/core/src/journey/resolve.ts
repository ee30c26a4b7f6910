import {
  entriesOf,
  expected,
  hasErrors,
  isToldAsMisspelt,
  type Path,
  type Problem,
  readSilently,
  readWhole,
  someOf,
} from '../problem/index.ts'
import type { Definition, Journey, Policy, Stale } from './definition.ts'
import { fingerprintOf } from './fingerprint.ts'
import { classReader, documentReader, journeyFields, policyReader, staleReader } from './readers.ts'
import { resolveAlerts } from './resolve-alerts.ts'
import { resolveComposites } from './resolve-composites.ts'
import { resolveObjectives } from './resolve-objective.ts'
import { mergePolicy } from './resolve-policy.ts'
import { type Classes, resolveSteps, routeProblems } from './resolve-step.ts'
import { withSharedParts } from './shared-parts.ts'
import { staleRules } from './stale.ts'

/** A definition with what could be better in it, or everything that forbids using it. */
export type JourneysRead =
  | { readonly ok: true; readonly definition: Definition; readonly warnings: readonly Problem[] }
  | { readonly ok: false; readonly problems: readonly Problem[] }

/**
 * Turns a document (what YAML, JSON or a TypeScript literal gave) into a definition.
 *
 * The whole is checked once for its shape. What spans several fields is then checked part by part, each read again on its
 * own, so that a mistake in one part hides no mistake in another.
 */
export function resolveDocument(document: unknown): JourneysRead {
  const shape = readWhole(documentReader, document, 'JOURNEYS')
  const problems: Problem[] = shape.ok ? [] : [...shape.problems]
  const root = entriesOf(document)
  const listed = entriesOf(root.get('journeys'))
  const classes = new Map(
    [...entriesOf(root.get('classes'))].map(([name, value]) => [name, readSilently(classReader, value)]),
  )
  problems.push(...classProblems(classes), ...routeProblems(listed))
  const policy = mergePolicy(undefined, readSilently(policyReader, root.get('policy')))
  const stale = readSilently(staleReader, root.get('staleAfter'))
  const file = { classes, policy, stale }
  const alone = [...listed].flatMap(([name, value]) => resolveJourney(name, value, file, problems))
  const journeys = withSharedParts(resolveComposites(listed, alone, problems))
  if (!shape.ok || hasErrors(problems)) return { ok: false, problems }
  const { timeZone, classes: durations = {} } = shape.value
  const found = { timeZone, classes: durations, journeys, ...(stale !== undefined && { stale }) }
  return { ok: true, definition: { ...found, fingerprint: fingerprintOf(found) }, warnings: problems }
}

/** What journeys take from the file around them. */
type FileWide = {
  readonly classes: Classes
  readonly policy: Policy | undefined
  readonly stale: Stale | undefined
}

const fieldsReader = someOf(journeyFields)

function resolveJourney(name: string, value: unknown, file: FileWide, problems: Problem[]): readonly Journey[] {
  const path = ['journeys', name]
  const raw = entriesOf(value)
  problems.push(...missingProblems(raw, path).filter((missing) => !isToldAsMisspelt(missing.path, problems)))
  const fields = readSilently(fieldsReader, value)
  const steps = resolveSteps(raw.get('steps'), [...path, 'steps'], file.classes, problems)
  const stepNames = [...entriesOf(raw.get('steps')).keys()]
  const defaults = { window: fields?.window, policy: mergePolicy(file.policy, fields?.policy) }
  const objectives = resolveObjectives(raw.get('objectives'), [...path, 'objectives'], stepNames, defaults, problems)
  const alerts = resolveAlerts(value, path, staleRules(fields?.staleAfter, file.stale), problems)
  if (fields === undefined) return []
  const { title, owner, runbook, tier = 2 } = fields
  const journey = {
    name,
    title: { en: title?.en ?? title?.ja ?? name, ja: title?.ja ?? title?.en ?? name },
    ...(owner !== undefined && { owner }),
    ...(runbook !== undefined && { runbook }),
    tier,
    objectives,
    steps,
    alerts,
  }
  return [journey]
}

function classProblems(classes: Classes): readonly Problem[] {
  if (classes.size >= 3 && classes.size <= 5) return []
  const what = 'three to five classes that the steps share'
  const hint = 'few shared promises can be remembered and compared; one for all is too loose, one for each is noise'
  return [expected('JOURNEYS_CLASSES', ['classes'], what, classes.size, { severity: 'warning', hint })]
}

/** What a journey can be loaded without, but somebody will miss at night. */
function missingProblems(raw: ReadonlyMap<string, unknown>, path: Path): readonly Problem[] {
  const missing = (code: string, key: string, what: string, hint: string): readonly Problem[] =>
    raw.has(key) ? [] : [expected(code, [...path, key], what, undefined, { severity: 'warning', hint })]
  const title = entriesOf(raw.get('title') ?? {})
  const isTold = raw.has('title') && title.size === 0
  const languages = isTold ? [] : (['en', 'ja'] as const).filter((language) => !title.has(language))
  const promises = expected('JOURNEYS_NO_OBJECTIVES', [...path, 'objectives'], 'at least one promise', undefined, {
    severity: 'warning',
    hint: 'such as `availability: 99.5`; without one the journey is counted but never judged',
  })
  return [
    ...languages.flatMap((language) => {
      const what = `the title in ${language === 'en' ? 'English' : 'Japanese'}`
      const instead = languages.length === 2 ? 'the name of the journey' : 'the title in the other language'
      const remarks = { severity: 'warning', hint: `until then ${instead} is shown` } as const
      return [expected('JOURNEYS_NO_TITLE', [...path, 'title', language], what, undefined, remarks)]
    }),
    ...missing('JOURNEYS_NO_OWNER', 'owner', 'the team that answers for the journey', 'alerts and reports name it'),
    ...missing('JOURNEYS_NO_RUNBOOK', 'runbook', 'the address of a runbook', 'every alert brings it along'),
    ...(isEmpty(raw.get('objectives')) ? [promises] : []),
  ]
}

function isEmpty(value: unknown): boolean {
  return value === undefined || (typeof value === 'object' && value !== null && Object.keys(value).length === 0)
}

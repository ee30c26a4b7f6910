import type { Composite, Journey, Objective, Step, Title } from '../journey/index.ts'
import { isWebAddress, parsePercent } from '../journey/notation.ts'
import { hasErrors, type Path, type Place, type Problem, problem } from '../problem/index.ts'
import { type AskRules, askOf } from './foreign-ask.ts'
import { foreignPolicy } from './foreign-policy.ts'
import { annotatedSlices, foreignBudgeting, unslicedWhy } from './foreign-slices.ts'
import { foreignWindow } from './foreign-window.ts'
import type { OpenSlo, OpenSloDocument, OpenSloService } from './openslo-document.ts'
import type { Located } from './openslo-read.ts'
import { isComposite } from './openslo-slo.ts'
import { askSentence, isEstimate, type Question } from './question.ts'

/** How one objective of an SLO is measured; `why` it is not, otherwise. */
export type Measured = {
  readonly slo: string
  readonly journey: string
  readonly objective?: string
  readonly estimate?: boolean
  /** An English sentence without a full stop. */
  readonly how: string
  /** Where the SLO has its name. */
  readonly at: Place
}

/** Journeys that an engine is asked about, what it is asked, and what is wrong or left out; every problem has a place. */
export type Foreign = {
  readonly journeys: readonly Journey[]
  readonly questions: readonly Question[]
  readonly measured: readonly Measured[]
  readonly problems: readonly Problem[]
}

export type ForeignRules = Pick<AskRules, 'intervalMs'> & {
  /** Of the journeys file. */
  readonly timeZone: string
  /** Names of the journeys file's journeys. */
  readonly taken: readonly string[]
}

/**
 * OpenSLO documents as journeys: a Service becomes a journey, an SLO a step with the objective `STEP.availability`. Names
 * stay as they are, because books belong to names; one that is taken is an error. An SLO that cannot be measured is left out
 * with a warning at its place.
 */
export function foreignJourneys(documents: readonly Located[], rules: ForeignRules): Foreign {
  const drafts = new Map<string, Draft>()
  const problems: Problem[] = []
  const measured: Measured[] = []
  const library = libraryOf(documents)
  for (const { document, locate } of documents) {
    if (document.kind !== 'SLO') continue
    const found: Problem[] = []
    const draft = drafts.get(document.spec.service) ?? draftOf(document.spec.service, library)
    const before = draft.steps.length
    const at = locate(NAME)
    measured.push(...addSlo(document, draft, library, rules, found).map((each) => ({ ...each, at })))
    if (draft.steps.length > before) drafts.set(draft.name, draft)
    if (draft.steps.length > before && rules.taken.includes(draft.name)) found.push(taken(draft.name))
    problems.push(...found.map((each) => ({ ...each, at: locate(each.path, each.part) })))
  }
  return {
    journeys: [...drafts.values()].map(({ questions: _, title, owner, runbook, composites, ...rest }) => ({
      ...rest,
      title,
      ...(composites.length > 0 && { composites }),
      ...(owner !== undefined && { owner }),
      ...(runbook !== undefined && { runbook }),
    })),
    questions: [...drafts.values()].flatMap(({ questions }) => questions),
    measured,
    problems,
  }
}

const NAME: Path = ['metadata', 'name']

type Draft = {
  readonly name: string
  readonly title: Title
  owner: string | undefined
  runbook: string | undefined
  readonly tier: 2
  readonly steps: Step[]
  readonly objectives: Objective[]
  readonly composites: Composite[]
  readonly questions: Question[]
}

type Library = ReturnType<typeof libraryOf>

function libraryOf(documents: readonly Located[]) {
  const all = documents.map(({ document }) => document)
  const named = <Kind extends OpenSloDocument['kind']>(kind: Kind) =>
    new Map(
      all.flatMap((document) =>
        document.kind === kind
          ? [[document.metadata.name, document as Extract<OpenSloDocument, { readonly kind: Kind }>] as const]
          : [],
      ),
    )
  return {
    services: named('Service'),
    slis: named('SLI'),
    sources: named('DataSource'),
    policies: named('AlertPolicy'),
    conditions: named('AlertCondition'),
  }
}

function draftOf(name: string, { services }: Library): Draft {
  const service = services.get(name)
  const shown = service?.metadata.displayName ?? name
  const owner = service === undefined ? undefined : ownerOf(service)
  const parts = { steps: [], objectives: [], composites: [], questions: [] }
  return { name, title: { en: shown, ja: shown }, owner, runbook: undefined, tier: 2, ...parts }
}

/** Puts the objectives of an SLO into its journey. @returns how each of them is measured */
function addSlo(
  slo: OpenSlo,
  draft: Draft,
  library: Library,
  rules: ForeignRules,
  problems: Problem[],
): readonly Omit<Measured, 'at'>[] {
  const { metadata, spec } = slo
  const named = { slo: metadata.name, journey: draft.name }
  const leaveOut = (why: string): readonly Omit<Measured, 'at'>[] => {
    // A mistake that was told is reason enough.
    if (!hasErrors(problems)) problems.push(leftOut(metadata.name, why))
    return [{ ...named, how: `not measured: ${why}` }]
  }
  const composite = isComposite(spec)
  const window = foreignWindow(spec, rules.timeZone)
  if (typeof window === 'string') return leaveOut(window)
  const policy = foreignPolicy(slo, library, problems)
  const slices = annotatedSlices(slo, problems)
  draft.owner ??= ownerOf(slo)
  draft.runbook ??= runbookOf(slo)
  if (composite) problems.push(...weightProblems(slo))
  const measured = spec.objectives.flatMap((objective, i) => {
    const { sli, path, name: called } = indicatorOf(slo, i, library)
    if (sli === undefined) return leaveOut(`there is no SLI with the name ${called}`)
    const targetPpm = ppmOf(objective)
    if (targetPpm === undefined) return leaveOut('its target is 0, or has more than 4 decimals as a percentage')
    const promise = { targetPpm, window, policy }
    const budgeting = foreignBudgeting(spec.budgetingMethod, objective, slices, promise, rules.intervalMs)
    if (typeof budgeting === 'string') return leaveOut(budgeting)
    // What makes an evaluation good: of a slice its own target, which stands in the place of the objective's.
    const goodPpm = budgeting?.method === 'timeslices' ? budgeting.sliceTargetPpm : targetPpm
    const ask = askOf(sli, objective, goodPpm, path, { ...rules, sources: library.sources }, problems)
    if (typeof ask === 'string') return leaveOut(ask)
    const unsliced = unslicedWhy(ask, budgeting, rules.intervalMs)
    if (unsliced !== undefined) return leaveOut(unsliced)
    const step = spec.objectives.length === 1 ? metadata.name : `${metadata.name}-${composite ? called : i + 1}`
    if (draft.steps.some(({ name }) => name === step)) return leaveOut(`another SLO of ${draft.name} is called ${step}`)
    const name = `${step}.availability`
    const mark = isEstimate(ask) ? ({ estimate: true } as const) : {}
    draft.steps.push(stepOf(step))
    draft.objectives.push({
      name,
      indicator: 'availability',
      step,
      targetPpm,
      window,
      ...mark,
      ...(budgeting !== undefined && { budgeting }),
      ...(policy !== undefined && { policy }),
    })
    draft.questions.push({ journey: draft.name, step, ask })
    return [{ ...named, objective: name, estimate: isEstimate(ask), how: askSentence(ask) }]
  })
  if (composite) measured.push(...addComposite(measured, metadata.name, draft, leaveOut))
  return measured
}

/** The indicator of an objective: its own in a composite, else the SLO's; with where it stands and what it is called. */
function indicatorOf({ spec }: OpenSlo, i: number, library: Library) {
  const holder = isComposite(spec) ? spec.objectives[i] : spec
  const at: Path = isComposite(spec) ? ['spec', 'objectives', i] : ['spec']
  const { indicator, indicatorRef = '' } = holder ?? {}
  return indicator === undefined
    ? { sli: library.slis.get(indicatorRef)?.spec, path: [...at, 'indicatorRef'], name: indicatorRef }
    : { sli: indicator.spec, path: [...at, 'indicator', 'spec'], name: indicator.metadata.name }
}

type MeasuredHere = Omit<Measured, 'at'>

/** The composite stands as its worst member, so it is one only when all of them are measured. */
function addComposite(
  measured: readonly MeasuredHere[],
  name: string,
  draft: Draft,
  leaveOut: (why: string) => readonly MeasuredHere[],
): readonly MeasuredHere[] {
  const members = measured.flatMap(({ objective }) => (objective === undefined ? [] : [`${draft.name}/${objective}`]))
  if (members.length < measured.length) return leaveOut('it is a composite, and not all of its members are measured')
  if (members.length > 1) draft.composites.push({ name, members })
  return []
}

/** Weights are for sums, and nothing is added up here. */
function weightProblems({ metadata, spec }: OpenSlo): readonly Problem[] {
  return spec.objectives.flatMap(({ compositeWeight = 1 }, i) => {
    if (compositeWeight === 1) return []
    const message = `The weight of a member of ${metadata.name} has no effect: a composite stands as its worst member`
    return [problem('OPENSLO_WEIGHT', ['spec', 'objectives', i, 'compositeWeight'], message, { severity: 'warning' })]
  })
}

/** A query promises no time and has no status. */
function stepOf(name: string): Step {
  const statuses = { good: [], bad: [], excluded: [] }
  return { name, kind: 'query', routes: [], withinMs: 0, clock: 'request', statuses }
}

/** Parts per million. The digits of a share are moved, not multiplied. */
function ppmOf({ target, targetPercent }: OpenSlo['spec']['objectives'][number]): number | undefined {
  return parsePercent(targetPercent ?? Number(((target ?? 0) * 100).toPrecision(12))) || undefined
}

/** The label under which teams say who answers. */
function ownerOf({ metadata: { labels } }: OpenSlo | OpenSloService): string | undefined {
  const told = labels?.['owner'] ?? labels?.['team']
  return typeof told === 'string' ? told : undefined
}

/** Annotations that alert rules carry as well; those of Sloth are on its alerts. */
function runbookOf({ metadata, spec }: OpenSlo): string | undefined {
  const all = [metadata.annotations, ...(spec.alertPolicies ?? []).map((policy) => policy.metadata?.annotations)]
  return all.flatMap((each) => [each?.['runbook_url'], each?.['runbook']]).find((told) => isWebAddress(told ?? ''))
}

function leftOut(name: string, why: string): Problem {
  const message = `${name} is not measured: ${why}`
  return problem('OPENSLO_NOT_MEASURED', NAME, message, { severity: 'warning' })
}

function taken(name: string): Problem {
  const hint = 'rename the Service: what the journeys file counts and what an engine tells are never in one total'
  return problem('OPENSLO_NAME_TAKEN', ['spec', 'service'], `The journeys file has a journey ${name}, too`, { hint })
}

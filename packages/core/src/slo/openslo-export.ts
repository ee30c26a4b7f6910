import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import {
  type Definition,
  type Journey,
  LABEL,
  type Level,
  METRIC,
  type Objective,
  OUTCOMES,
  type Pair,
  type Step,
  WORKBOOK_POLICY,
} from '../journey/index.ts'
import { DAY, formatDuration, formatPeriodLength, MINUTE, nominalPeriod } from '../time/index.ts'
import { INDICATOR, objectiveId } from './indicator.ts'
import { filePartOf, journeyPartOf, policyPartOf, slicePartOf } from './journey-document.ts'
import { ANNOTATION } from './openslo-annotations.ts'
import { compositeSlos } from './openslo-composite.ts'
import { API_VERSION, type OpenSlo, type OpenSloDocument, type OpenSloService } from './openslo-document.ts'
import { LONGEST } from './openslo-part.ts'

/** Documents, and what of the definition other readers of them will not see; English sentences without a full stop. */
export type Exported = { readonly documents: readonly OpenSloDocument[]; readonly notes: readonly string[] }

/** @param id what it stands for; no two things have the same */
type Names = (wanted: string, id: string) => string
type Policies = NonNullable<OpenSlo['spec']['alertPolicies']>

const SEVERITY: Readonly<Record<Level, string>> = { 1: 'page', 2: 'ticket', 3: 'notice' }

/**
 * A journeys file as OpenSLO v1: a Service for each journey, an SLO for each objective, an alert policy for each pair of
 * windows, and a notification target for each level. What OpenSLO cannot say is in annotations, so `importOpenSlo` gives
 * the same definition back.
 */
export function exportOpenSlo(definition: Definition): Exported {
  const names = namesOf()
  const notes: string[] = []
  const slosById = new Map<string, OpenSlo>()
  const services = new Map<string, string>()
  const journeys = definition.journeys.map((journey) => withoutProbed(journey, definition, notes))
  const parts = journeys.flatMap((journey) => {
    const service = serviceOf(journey, definition, names)
    services.set(journey.name, service.metadata.name)
    const asked = journey.objectives.filter(({ of }) => of !== 'probe')
    for (const each of journey.objectives) if (each.of === 'probe') notes.push(probeNote(journey, each))
    const slos = asked.map((objective) => {
      const slo = sloOf(journey, objective, service, definition, names, notes)
      slosById.set(objectiveId(journey.name, objective), slo)
      return slo
    })
    return [service, ...slos]
  })
  const documents = [...parts, ...compositeSlos({ journeys }, { slos: slosById, services }, names, notes)]
  return { documents: [...documents, ...targetsOf(documents, 'tabiji')], notes }
}

/** A composite would stand better than it is without a member that is left out. */
function withoutProbed(journey: Journey, { journeys }: Definition, notes: string[]): Journey {
  const { composites, ...rest } = journey
  if (composites === undefined) return journey
  const probed = journeys.flatMap(({ name, objectives }) =>
    objectives.flatMap((objective) => (objective.of === 'probe' ? [objectiveId(name, objective)] : [])),
  )
  const kept = composites.filter(({ name, members }) => {
    const whole = !members.some((member) => probed.includes(member))
    if (!whole) notes.push(`the composite ${journey.name}/${name} has a member that probes see; it is left out`)
    return whole
  })
  return kept.length === 0 ? rest : { ...rest, composites: kept }
}

function probeNote({ name }: Journey, objective: Objective): string {
  return `${objectiveId(name, objective)} is about what probes saw, which no metric of the services holds; it is left out`
}

function serviceOf(journey: Journey, definition: Definition, names: Names): OpenSloService {
  const annotations = {
    [ANNOTATION.file]: JSON.stringify(filePartOf(definition)),
    [ANNOTATION.journey]: JSON.stringify({ name: journey.name, ...journeyPartOf(journey) }),
  }
  const displayName = journey.title.en.slice(0, LONGEST.displayName)
  return {
    apiVersion: API_VERSION,
    kind: 'Service',
    metadata: { name: names(journey.name, journey.name), displayName, annotations },
    spec: {},
  }
}

function sloOf(
  journey: Journey,
  objective: Objective,
  service: OpenSloService,
  definition: Definition,
  names: Names,
  notes: string[],
): OpenSlo {
  const id = objectiveId(journey.name, objective)
  const name = names(id.replaceAll(/[/.]/g, '-'), id)
  const policies = policiesOf(id, name, objective, notes)
  const { window } = objective
  const isFine = window.kind === 'rolling' && shorthand(window.ms) === undefined
  const annotations = {
    [ANNOTATION.objective]: objective.name,
    ...(objective.budgeting !== undefined && { [ANNOTATION.slices]: JSON.stringify(slicePartOf(objective.budgeting)) }),
    ...(isFine && { [ANNOTATION.window]: formatDuration(window.ms) }),
    ...(objective.policy !== undefined && { [ANNOTATION.policy]: JSON.stringify(policyPartOf(objective.policy)) }),
  }
  return {
    apiVersion: API_VERSION,
    kind: 'SLO',
    metadata: {
      name,
      displayName: `${journey.title.en}: ${objective.name}`.slice(0, LONGEST.displayName),
      annotations,
    },
    spec: {
      service: service.metadata.name,
      indicator: { metadata: { name }, spec: { ratioMetric: ratioMetricOf(journey, objective) } },
      timeWindow: [windowOf(id, objective, definition.timeZone, notes)],
      budgetingMethod: methodOf(objective),
      objectives: [{ targetPercent: objective.targetPpm / 10_000, ...sliceOf(id, objective, notes) }],
      ...(policies.length > 0 && { alertPolicies: policies }),
    },
  }
}

function methodOf({ budgeting }: Objective): OpenSlo['spec']['budgetingMethod'] {
  if (budgeting === undefined) return 'Occurrences'
  return budgeting.method === 'timeslices' ? 'Timeslices' : 'RatioTimeslices'
}

/** What OpenSLO says of slices itself; it knows no time without data, and no seconds. */
function sliceOf(id: string, { budgeting }: Objective, notes: string[]) {
  if (budgeting === undefined) return {}
  const { sliceMs, onNoData } = budgeting
  const timeSliceWindow = shorthand(sliceMs)
  if (timeSliceWindow === undefined) {
    notes.push(`${id} has slices of ${formatDuration(sliceMs)}; OpenSLO has no seconds, so only the annotation has it`)
  }
  if (onNoData !== 'ignore') {
    notes.push(
      `${id} counts a slice without data as ${onNoData}, which OpenSLO cannot say, so only the annotation has it`,
    )
  }
  return {
    timeSliceWindow: timeSliceWindow ?? `${Math.ceil(sliceMs / MINUTE)}m`,
    ...(budgeting.method === 'timeslices' && { timeSliceTarget: budgeting.sliceTargetPpm / 1_000_000 }),
  }
}

/** Bad and valid events as they are counted by the services; what an engine makes of them is not exact. */
export function ratioMetricOf(
  journey: Pick<Journey, 'name'> & { readonly steps: readonly Pick<Step, 'name'>[] },
  { indicator, step }: Pick<Objective, 'indicator' | 'step'>,
) {
  const steps = step ?? journey.steps.map(({ name }) => name).join('|')
  const query = (part: 'bad' | 'valid') => {
    const outcomes = OUTCOMES.filter((_, i) => INDICATOR[indicator][part][i] === 1).join('|')
    const labels = `${LABEL.journey}="${journey.name}",${LABEL.step}=~"${steps}",${LABEL.outcome}=~"${outcomes}"`
    return { metricSource: { type: 'Prometheus', spec: { query: `sum(${METRIC.events}{${labels}})` } } }
  }
  return { counter: true, bad: query('bad'), total: query('valid') } as const
}

function windowOf(
  id: string,
  { window }: Objective,
  timeZone: string,
  notes: string[],
): OpenSlo['spec']['timeWindow'][number] {
  if (window.kind === 'month')
    return { duration: '1M', isRolling: false, calendar: { startTime: '2026-01-01 00:00:00', timeZone } }
  if (window.kind === 'calendar') {
    const calendar = { startTime: `${window.from} 00:00:00`, timeZone }
    return { duration: formatPeriodLength(window), isRolling: false, calendar }
  }
  const duration = shorthand(window.ms)
  if (duration !== undefined) return { duration, isRolling: true }
  notes.push(
    `${id} has a window of ${formatDuration(window.ms)}; OpenSLO has no seconds, so only the annotation has it`,
  )
  return { duration: `${Math.ceil(window.ms / MINUTE)}m`, isRolling: true }
}

/** A policy for each pair whose long window OpenSLO can say. @param name of the SLO; theirs begin with it */
export function policiesOf(
  id: string,
  name: string,
  objective: Pick<Objective, 'policy' | 'window'>,
  notes: string[],
): Policies {
  const { pairs } = objective.policy ?? WORKBOOK_POLICY
  return pairs.flatMap((pair, i) => {
    const lookbackWindow = shorthand(pair.longMs)
    if (lookbackWindow === undefined) {
      notes.push(
        `${id} has a pair over ${formatDuration(pair.longMs)}; OpenSLO has no seconds, so only the annotation has it`,
      )
      return []
    }
    const metadata = { name: shortened(`${name}-burn-${i + 1}`, `${id}/${i + 1}`) }
    const condition = { kind: 'burnrate', op: 'gt', threshold: factorOf(pair, objective), lookbackWindow } as const
    const description = `Also over ${formatDuration(pair.shortMs)}, which a condition cannot say.`
    const conditions = [
      { kind: 'AlertCondition', metadata, spec: { description, severity: SEVERITY[pair.level], condition } },
    ] as const
    const notificationTargets = [{ targetRef: SEVERITY[pair.level] }]
    return [
      {
        kind: 'AlertPolicy',
        metadata,
        spec: { alertWhenBreaching: true, alertWhenResolved: true, conditions, notificationTargets },
      },
    ] as const
  })
}

/** x × P ÷ w for "x of the budget P in the window w"; a month of the calendar counts as 30 days. */
function factorOf({ speed, longMs }: Pair, { window }: Pick<Objective, 'window'>): number {
  if ('factorMilli' in speed) return speed.factorMilli / 1_000
  const period = window.kind === 'month' ? 30 * DAY : window.kind === 'calendar' ? nominalPeriod(window) : window.ms
  return (speed.spendsPpm * period) / (1_000_000 * longMs)
}

/** The notification targets that policies refer to. @param target who tells people */
export function targetsOf(documents: readonly OpenSloDocument[], target: string): readonly OpenSloDocument[] {
  const used = new Set(
    documents.flatMap((document) =>
      (document.kind === 'SLO' ? (document.spec.alertPolicies ?? []) : []).flatMap(
        ({ spec }) => spec?.notificationTargets.map(({ targetRef }) => targetRef) ?? [],
      ),
    ),
  )
  return Object.values(SEVERITY)
    .filter((severity) => used.has(severity))
    .map((severity) => ({
      apiVersion: API_VERSION,
      kind: 'AlertNotificationTarget',
      metadata: { name: severity },
      spec: { target },
    }))
}

/** OpenSLO writes whole minutes and more. */
function shorthand(ms: number): string | undefined {
  const text = formatDuration(ms)
  return /^\d{1,6}[mhd]$/.test(text) ? text : undefined
}

/** Names of documents, each once, and as OpenSLO wants them: at most 63 characters that do not end in a hyphen. */
function namesOf(): Names {
  const used = new Set<string>()
  return (wanted, id) => {
    const name = used.has(wanted) ? hashed(wanted, id) : shortened(wanted, id)
    used.add(name)
    return name
  }
}

function shortened(wanted: string, id: string): string {
  return wanted.length > 63 || wanted.endsWith('-') ? hashed(wanted, id) : wanted
}

function hashed(wanted: string, id: string): string {
  return `${wanted.slice(0, 50)}-${bytesToHex(sha256(utf8ToBytes(id))).slice(0, 12)}`
}

import { type DrillPlan, type DrillStretch, recordedPlan, scenarioPlan } from '@tabiji/core/alert'
import type { Definition, Journey } from '@tabiji/core/journey'
import { type Account, isReversal, unpackEntries } from '@tabiji/core/ledger'
import { checkKnown, type Problem, refusal } from '@tabiji/core/problem'
import { HOUR, MINUTE, type Range } from '@tabiji/core/time'
import type { AlertStore } from '../../ports/alert-store.ts'
import type { DrillRequest } from '../../ports/drills.ts'
import type { LedgerStore } from '../../ports/ledger-store.ts'
import type { Result, Work } from '../../ports/work.ts'

/** What is read before the trouble of a recorded stretch, so that it begins as it did. */
const LEAD_MS = 5 * MINUTE

/** Nobody practises for longer; of a longer trouble this is the beginning. */
const LONGEST_MS = 4 * HOUR

export type PlanSources = {
  readonly definition: () => Definition
  readonly alerts: Pick<AlertStore, 'findEpisode'>
  readonly work: Pick<Work, 'incident'>
  readonly ledger: Pick<LedgerStore, 'rows' | 'accounts' | 'keptFrom'>
  readonly now: () => number
}

/** What is practised, in a few words, and what is counted in it; or everything that speaks against it. */
export type Planned = { readonly journey: Journey; readonly what: string; readonly plan: DrillPlan }

export function planDrill(request: DrillRequest, sources: PlanSources): Result<Planned> {
  return 'replay' in request ? planReplay(request, sources) : planScenario(request, sources)
}

function planScenario(
  request: Exclude<DrillRequest, { readonly replay: string }>,
  { definition }: PlanSources,
): Result<Planned> {
  const { journeys } = definition()
  const journey = journeys.find(({ name }) => name === request.journey)
  if (journey === undefined) return { ok: false, problems: unknownJourney(request.journey, definition()) }
  const { step, outcome, sharePpm, lengthMs } = request
  const problems = [
    ...(step === undefined
      ? []
      : checkKnown(
          'DRILL_UNKNOWN_STEP',
          'step',
          step,
          journey.steps.map(({ name }) => name),
        )),
    ...(lengthMs >= MINUTE && lengthMs <= LONGEST_MS
      ? []
      : [refusal('DRILL_LENGTH', 'Expected the trouble to last from 1 minute to 4 hours', undefined, ['lengthMs'])]),
  ]
  if (problems.length > 0) return { ok: false, problems }
  const where = step ?? 'all steps'
  const what = `${sharePpm / 10_000} % of ${where} ${outcome === 'error' ? 'fail' : 'are slow'}`
  return { ok: true, value: { journey, what, plan: scenarioPlan(journey, request) } }
}

function planReplay(
  { replay, journey: named }: Extract<DrillRequest, { readonly replay: string }>,
  sources: PlanSources,
): Result<Planned> {
  const found = /^A-/i.test(replay) ? ofAlert(replay, sources) : ofIncident(replay, sources)
  if (!found.ok) return found
  const { journeys, trouble } = found.value
  const name = named ?? (journeys.length === 1 ? journeys[0] : undefined)
  if (name === undefined) {
    const message = `${replay} hurt ${journeys.length === 0 ? 'no journey that is known' : journeys.join(', ')}`
    return { ok: false, problems: [refusal('DRILL_JOURNEY', message, 'name the journey to practise', ['journey'])] }
  }
  const journey = sources.definition().journeys.find((each) => each.name === name)
  if (journey === undefined) return { ok: false, problems: unknownJourney(name, sources.definition()) }
  const from = trouble.from - LEAD_MS
  const range = { from, to: Math.min(trouble.to, from + LONGEST_MS) }
  const recorded = range.to > from ? recordedIn(name, range, sources.ledger) : []
  if (recorded.length === 0 || from < sources.ledger.keptFrom() * 1000) {
    const message = `The books do not hold what ${name} counted in ${replay} any more, or nothing was counted`
    return { ok: false, problems: [refusal('DRILL_NOT_RECORDED', message, 'practise a scenario instead')] }
  }
  const plan = recordedPlan(name, range.to - range.from, recorded)
  return { ok: true, value: { journey, what: `${replay.toUpperCase()} again`, plan } }
}

type Found = Result<{ readonly journeys: readonly string[]; readonly trouble: Range }>

function ofAlert(replay: string, { alerts, now }: PlanSources): Found {
  const record = alerts.findEpisode(replay.toUpperCase())
  if (record === undefined) {
    return { ok: false, problems: [refusal('DRILL_UNKNOWN', `There is no alert ${replay}`, 'tabiji alerts list')] }
  }
  const { episode, facts } = record
  return {
    ok: true,
    value: { journeys: [facts.journey.name], trouble: { from: episode.startedAt, to: episode.resolvedAt ?? now() } },
  }
}

function ofIncident(replay: string, { work, now }: PlanSources): Found {
  const found = work.incident(replay.toUpperCase())
  if (!found.ok) return found
  const { journeys, impactStartedAt, openedAt, mitigatedAt, resolvedAt } = found.value.incident
  const end = mitigatedAt ?? resolvedAt
  const trouble = { from: Date.parse(impactStartedAt ?? openedAt), to: end === undefined ? now() : Date.parse(end) }
  return { ok: true, value: { journeys, trouble } }
}

/** What the journey's own services counted, by step and slot. Reversed entries are taken out of their slot. */
function recordedIn(journey: string, range: Range, ledger: PlanSources['ledger']): readonly DrillStretch[] {
  const accounts = ledger.accounts()
  const isOwn = (account: Account | undefined): account is Account =>
    account?.role === 'own' && account.journey === journey
  const cells = new Map<
    string,
    { step: string; start: number; width: number; counts: [number, number, number, number] }
  >()
  const seconds = [Math.floor(range.from / 1000), Math.ceil(range.to / 1000)] as const
  for (const { start, width, body } of ledger.rows(...seconds)) {
    unpackEntries(body, (number, good, slow, error, excluded, marks) => {
      const account = accounts[number]
      if (!isOwn(account)) return
      const sign = isReversal(marks) ? -1 : 1
      const key = `${account.step} ${start}`
      const cell = cells.get(key) ?? { step: account.step, start, width, counts: [0, 0, 0, 0] }
      for (const [i, count] of [good, slow, error, excluded].entries())
        cell.counts[i] = (cell.counts[i] ?? 0) + sign * count
      cells.set(key, cell)
    })
  }
  return [...cells.values()]
    .filter(({ counts }) => counts.some((count) => count > 0))
    .map(({ step, start, width, counts: [good, slow, error, excluded] }) => {
      const from = Math.max(0, start * 1000 - range.from)
      const to = Math.min(range.to, (start + width) * 1000) - range.from
      return { step, from, to, counts: [good, slow, error, excluded] as const }
    })
}

function unknownJourney(name: string, { journeys }: Definition): readonly Problem[] {
  return checkKnown(
    'DRILL_UNKNOWN_JOURNEY',
    'journey',
    name,
    journeys.map((each) => each.name),
  )
}

import type { Incident } from '@tabiji/core/incident'
import { hintFor, refusal } from '@tabiji/core/problem'
import { namedRunbook, runbookPage, sectionsFor, situationOf } from '@tabiji/core/runbook'
import { isoIn } from '@tabiji/core/time'
import type { RunbookDesk, WorkedPage } from '../../ports/runbooks.ts'
import { incidentIn } from './incidents.ts'
import { chosenFor, type RunbookParts } from './runbook-choice.ts'

type Proposed = {
  readonly address: string
  readonly about: string /** Names of what hurts. */
  readonly words: readonly string[]
}

/** The pages that people work through in an incident, and how far they are. */
export function workedPages(parts: RunbookParts, key: string): ReturnType<RunbookDesk['worked']> {
  const found = incidentIn(parts.work, key)
  if (!found.ok) return found
  const pages = proposedIn(parts, found.value).map((proposed) => workedPage(parts, found.value, proposed))
  return { ok: true, value: { incident: key, pages } }
}

/** Whoever names a step names one that can be read now: a page that changes under their hands is told, not guessed at. */
export function recordStep(
  parts: RunbookParts,
  key: string,
  { step, runbook, done }: Parameters<RunbookDesk['step']>[1],
  by: string | undefined,
): ReturnType<RunbookDesk['worked']> {
  const worked = workedPages(parts, key)
  if (!worked.ok) return worked
  const { pages } = worked.value
  const named =
    runbook === undefined
      ? undefined
      : namedRunbook(
          runbook,
          pages.map(({ address }) => address),
          parts.runbooks.all(),
        )
  if (named?.ok === false) return { ok: false, problems: [named.problem] }
  const sought = pages.filter(({ address }) => named === undefined || address === named.address)
  // Whoever typed or pasted it may have other spaces in it.
  const words = step.replace(/\s+/g, ' ').trim()
  const hits = sought.flatMap((page) => {
    const hit = page.steps.find((each) => each.step === words) ?? page.steps[numberOf(step) - 1]
    return hit === undefined ? [] : [{ runbook: page.address, step: hit.step }]
  })
  const [hit, second] = hits
  if (hit === undefined || second !== undefined) return refuseStep(key, step, sought, hits)
  const changed = parts.changeIncident(key, { type: done ? 'doStep' : 'undoStep', ...hit }, by)
  return changed.ok ? workedPages(parts, key) : changed
}

function refuseStep(
  key: string,
  step: string,
  pages: readonly WorkedPage[],
  hits: readonly { readonly runbook: string }[],
): ReturnType<RunbookDesk['worked']> {
  const known = pages.flatMap((page) => page.steps.map((each) => each.step))
  const where = hits.map(({ runbook }) => runbook).join(' and ')
  const problem =
    hits.length > 1
      ? refusal('RUNBOOK_STEP', `Expected a step of one runbook, got "${step}" of ${where}`, 'name the runbook', [
          'runbook',
        ])
      : refusal(
          'RUNBOOK_STEP_UNKNOWN',
          `Expected a step with a box (\`- [ ]\`) in a runbook of ${key}, got "${step}"`,
          hintFor(step, known) ??
            (known.length === 0 ? 'no page that can be read here has one' : `tabiji incident steps ${key}`),
          ['step'],
        )
  return { ok: false, problems: [problem] }
}

function numberOf(step: string): number {
  return /^[1-9]\d{0,3}$/.test(step) ? Number(step) : 0
}

/** What the alerts bring along; without any, what the hurt journeys name. */
function proposedIn({ runbooks, alerts, definition }: RunbookParts, incident: Incident): readonly Proposed[] {
  const brought = incident.episodes
    .flatMap((id) => alerts.findEpisode(id) ?? [])
    .flatMap((record): readonly Proposed[] => {
      const { address, about } = chosenFor(record, runbooks, definition())
      const { step } = situationOf(record.facts)
      return address === undefined ? [] : [{ address, about, words: step === undefined ? [] : [step] }]
    })
  const named = definition().journeys.flatMap(({ name, runbook }): readonly Proposed[] =>
    incident.journeys.includes(name) && runbook !== undefined ? [{ address: runbook, about: name, words: [] }] : [],
  )
  const all = brought.length > 0 ? brought : named
  return all
    .filter(({ address }, i) => all.findIndex((each) => each.address === address) === i)
    .map((one) => ({
      ...one,
      words: all.filter(({ address }) => address === one.address).flatMap(({ words }) => words),
    }))
}

function workedPage(
  { runbooks, definition }: RunbookParts,
  { steps: done = [] }: Incident,
  { address, about, words }: Proposed,
): WorkedPage {
  const text = runbooks.text(address)
  if (text === undefined) return { address, about, steps: [] }
  const page = runbookPage(text, (link) => resolved(link, address))
  const zone = definition().timeZone
  const steps = page.steps.map((step) => {
    const mark = done.find((each) => each.runbook === address && each.step === step)
    if (mark === undefined) return { step, done: false }
    return { step, done: true, at: isoIn(mark.at, zone), ...(mark.by !== undefined && { by: mark.by }) }
  })
  return { address, about, steps, sections: sectionsFor(page, words) }
}

function resolved(link: string, address: string): string | undefined {
  return URL.canParse(link, address) ? new URL(link, address).href : undefined
}

import { type Runbook, type Scope, type Symptom, scopeText } from './runbook.ts'

/** What an alert is about. Symptoms stand in the order in which they tell most. */
export type Situation = {
  readonly journey: string
  readonly step?: string
  /** Of an alert that is about no step: the bad events at the step that hurts most, and those of all steps. */
  readonly hurt?: { readonly bad: number; readonly ofBad: number }
  readonly symptoms: readonly Symptom[]
}

/** A page with the reason why it was, or was not, chosen. */
export type Considered = { readonly runbook: Runbook; readonly fits: boolean; readonly why: string }

export type Choice = {
  readonly chosen?: Runbook
  /** Every page: the chosen one first, then those that fit too, then the others by name. */
  readonly considered: readonly Considered[]
}

/**
 * Chooses the page that was written most closely for what happens. A page that names another journey, step or symptom is out.
 * Of the rest one that names the journey goes before one that does not, then one that names the step, then one that names the
 * symptom; a symptom that tells more goes before one that tells less, then the page that was reviewed last, then the name.
 */
export function chooseRunbook(situation: Situation, runbooks: readonly Runbook[]): Choice {
  const judged = runbooks.map((runbook) => ({ runbook, against: reasonAgainst(runbook, situation) }))
  const fitting = judged
    .flatMap(({ runbook, against }) => (against === undefined ? [runbook] : []))
    .sort((a, b) => compare(a, b, situation))
  const [chosen] = fitting
  const out = judged
    .flatMap(({ runbook, against }) => (against === undefined ? [] : [{ runbook, fits: false, why: against }]))
    .sort((a, b) => byName(a.runbook, b.runbook))
  const rest = fitting.slice(1).map((runbook) => ({ runbook, fits: true, why: lost(runbook, chosen, situation) }))
  if (chosen === undefined) return { considered: out }
  const first = { runbook: chosen, fits: true, why: won(chosen, fitting.length, situation) }
  return { chosen, considered: [first, ...rest, ...out] }
}

function reasonAgainst({ journey, step, symptom }: Scope, { symptoms, ...at }: Situation): string | undefined {
  if (journey !== undefined && journey !== at.journey) return `written for the journey ${journey}`
  if (step !== undefined && step !== at.step) return `written for the step ${step}`
  if (symptom === undefined || symptoms.includes(symptom)) return undefined
  return `written for ${symptom}, this is ${symptoms.join(', ') || 'nothing that is known'}`
}

/** Negative: `a` goes first. */
function compare(a: Runbook, b: Runbook, situation: Situation): number {
  return (
    closeness(b) - closeness(a) ||
    rankOf(a, situation) - rankOf(b, situation) ||
    // Days as text stand in the order of time; a page that nobody ever reviewed is the oldest.
    compareText(b.reviewed ?? '', a.reviewed ?? '') ||
    byName(a, b)
  )
}

/** The journey weighs more than the step, and that more than the symptom. */
function closeness({ journey, step, symptom }: Scope): number {
  return (journey === undefined ? 0 : 4) + (step === undefined ? 0 : 2) + (symptom === undefined ? 0 : 1)
}

function rankOf({ symptom }: Scope, { symptoms }: Situation): number {
  return symptom === undefined ? 0 : symptoms.indexOf(symptom)
}

function won(chosen: Runbook, fitting: number, { step, hurt }: Situation): string {
  const closest = `the closest of ${fitting} that fit: ${scopeText(chosen)}`
  if (chosen.step === undefined || hurt === undefined) return closest
  return `${closest}; the alert is about the whole journey, and ${step} hurts most (${hurt.bad} of ${hurt.ofBad} bad)`
}

function lost(runbook: Runbook, chosen: Runbook | undefined, situation: Situation): string {
  if (chosen === undefined) return ''
  if (closeness(runbook) < closeness(chosen)) return `fits, but less closely: ${scopeText(runbook)}`
  if (rankOf(runbook, situation) > rankOf(chosen, situation)) return `fits, but ${runbook.symptom} tells less`
  if ((runbook.reviewed ?? '') < (chosen.reviewed ?? '')) return 'fits as closely, but was reviewed earlier'
  return 'fits as closely, but comes later by name'
}

function byName(a: Runbook, b: Runbook): number {
  return compareText(a.file, b.file) || compareText(a.address, b.address)
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

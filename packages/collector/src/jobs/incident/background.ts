import { type AlertFacts, type Annotation, type Change, changeOf } from '@tabiji/core/alert'
import { type Correction, isFor, stretchesOf } from '@tabiji/core/budget'
import type { AnnotationStore } from '../../ports/annotations.ts'
import type { Runbooks } from '../../ports/runbooks.ts'
import type { Background } from '../alert/explanation.ts'
import type { Judge } from '../budget/budgets.ts'
import { widestSlot } from '../budget/exclusions.ts'
import { type RunbookFor, runbookFor } from './runbook-choice.ts'

type Sources = {
  readonly annotations: Pick<AnnotationStore, 'between'>
  readonly corrections: () => readonly Correction[]
  readonly runbooks: Pick<Runbooks, 'all' | 'firstStep'>
  readonly judge: () => Judge
}

/** How many annotations of one hour are looked through; a deployment train has fewer. */
const LOOKED_THROUGH = 500

/** What is known besides the books: what people and machines changed, another journeys file, time that is excluded, runbooks. */
export function createBackground({ annotations, corrections, runbooks, judge }: Sources): Background {
  return {
    firstStep: runbooks.firstStep,
    runbook: (facts, ofJourney) => titled(runbookFor(facts, ofJourney, runbooks)),
    changes: (journey, objective, from, to) => [
      ...annotations
        .between(from, to, LOOKED_THROUGH)
        .filter((one) => one.withdrawn === undefined && touches(one, journey, judge()))
        .map(changeOf),
      // The first file of a store changed nothing: there was none before.
      ...judge()
        .revisions.slice(1)
        .filter(({ at }) => at >= from && at <= to)
        .map(({ at }): Change => ({ kind: 'definition', at })),
      ...corrections()
        .filter((one) => one.withdrawn === undefined && isFor(one, objective ?? journey))
        .flatMap((one) => startsOf(one, judge(), from, to)),
    ],
  }
}

/** Whoever named the address, the page behind it says what it is called. */
function titled({ address, considered }: RunbookFor): Pick<AlertFacts, 'runbook' | 'runbookTitle'> {
  if (address === undefined) return {}
  const title = considered.find(({ runbook }) => runbook.address === address)?.runbook.title
  return { runbook: address, ...(title !== undefined && { runbookTitle: title }) }
}

/** By name; without one by the service, which may also work for the journey from behind another one. */
function touches({ journeys, service }: Annotation, journey: string, { ledger: { books } }: Judge): boolean {
  if (journeys.length > 0) return journeys.includes(journey)
  return service === undefined || books.accounts.some((one) => one.journey === journey && one.service === service)
}

/** Excluded time that began in the stretch: whoever maintains something changes it. */
function startsOf(correction: Correction, { ledger }: Judge, from: number, to: number): readonly Change[] {
  const { reason, author } = correction
  return stretchesOf(correction, widestSlot(ledger.grid), { from, to: to + 1 })
    .filter((stretch) => stretch.from >= from)
    .map(
      (stretch): Change => ({
        kind: 'correction',
        at: stretch.from,
        title: reason,
        ...(author !== undefined && { by: author }),
      }),
    )
}

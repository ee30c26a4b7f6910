import type { AlertFacts } from '@tabiji/core/alert'
import type { Definition } from '@tabiji/core/journey'
import { chooseRunbook, type Situation, situationOf } from '@tabiji/core/runbook'
import type { AlertStore, EpisodeRecord } from '../../ports/alert-store.ts'
import type { ChosenFor, Runbooks } from '../../ports/runbooks.ts'
import type { Work } from '../../ports/work.ts'
import type { WorkStore } from '../../ports/work-store.ts'

export type RunbookParts = {
  readonly runbooks: Runbooks
  readonly alerts: Pick<AlertStore, 'findEpisode' | 'listEpisodes'>
  readonly work: Pick<WorkStore, 'incidentHistories' | 'incidentHistory'>
  readonly changeIncident: Work['changeIncident']
  readonly definition: () => Definition
}

export type RunbookFor = Pick<ChosenFor, 'address' | 'from' | 'considered'>

/** The address that an alert brings along: what its own rule names, else the closest page, else that of its journey. */
export function runbookFor(
  facts: AlertFacts,
  ofJourney: string | undefined,
  runbooks: Pick<Runbooks, 'all'>,
): RunbookFor {
  const { chosen, considered } = chooseRunbook(situationOf(facts), runbooks.all())
  if (facts.runbook !== undefined && facts.runbookFrom === 'rule') {
    return { address: facts.runbook, from: 'rule', considered }
  }
  if (chosen !== undefined) return { address: chosen.address, from: 'folder', considered }
  if (ofJourney === undefined) return { from: 'none', considered }
  return { address: ofJourney, from: 'journey', considered }
}

export function chosenFor({ id, rule, facts }: EpisodeRecord, runbooks: Runbooks, { journeys }: Definition): ChosenFor {
  const ofJourney = journeys.find(({ name }) => name === facts.journey.name)?.runbook
  return { alert: id, rule, about: aboutOf(situationOf(facts)), ...runbookFor(facts, ofJourney, runbooks) }
}

function aboutOf({ journey, step, symptoms }: Situation): string {
  const where = step === undefined ? journey : `${journey}/${step}`
  return `${where}: ${symptoms.join(', ') || 'no known symptom'}`
}

import type { Change } from '@tabiji/core/alert'
import type { ExplainedWords } from './explained.ts'

const KINDS: Readonly<Record<Change['kind'], string>> = {
  deploy: 'deploy',
  flag: 'flag',
  config: 'configuration',
  note: 'note',
  definition: 'journeys file in force',
  correction: 'excluded time began',
}
const PHASES: Readonly<Record<NonNullable<Change['phase']>, string>> = {
  announced: 'announced only',
  running: 'still running',
  done: 'done',
  failed: 'failed',
}

export const explainedEn: ExplainedWords = {
  fields: { felt: 'Users meet', changed: 'Changed just before', change: 'Change', firstStep: 'Runbook begins' },
  between: '; ',
  felt: (step, failed, slow, valid) => {
    const met = [failed && `${failed} failed`, slow && `${slow} slow`].filter((each) => each !== undefined)
    return `${step}: ${met.join(', ')} of ${valid}`
  },
  outlook: {
    spent: 'it is spent',
    never: 'at this pace never empty',
    lasts: 'at this pace it lasts until the month ends',
    empty: (span, stamp) => `at this pace empty in ${span}, ${stamp}`,
  },
  change: (kind, phase, time, what, by, url) =>
    [
      `${time} ${KINDS[kind]}`,
      ...(what === undefined ? [] : [` ${what}`]),
      ...(phase === undefined ? [] : [` (${PHASES[phase]})`]),
      ...(by === undefined ? [] : [`, by ${by}`]),
      ...(url === undefined ? [] : [`, ${url}`]),
    ].join(''),
  sureness: (few, { bad, valid }, atLeast, confidence, ringsAbove, ringsFrom) =>
    `${few ? 'little traffic: ' : ''}${bad} of ${valid} bad means at least ${atLeast} with ${confidence} certainty; rings above ${ringsAbove}, from ${ringsFrom} bad events on`,
}

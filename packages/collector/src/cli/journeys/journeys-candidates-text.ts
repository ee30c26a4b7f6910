import type { Counts } from '@tabiji/core/journey'
import { formatDuration } from '@tabiji/core/time'
import { table } from '../terminal/table.ts'
import type { CandidatesRead } from './journeys-candidates.ts'

/** Candidates beside what is promised: steps, then the objectives that they would change. */
export function candidatesText({ steps, objectives }: CandidatesRead): string {
  if (steps.length === 0) return 'No step of the journeys file states a candidate.\n'
  const rows = steps.map(({ journey, step, withinMs, candidateMs, now, then }) => [
    `${journey}/${step}`,
    ...[formatDuration(withinMs), slow(now)],
    ...[formatDuration(candidateMs), slow(then)],
  ])
  const budgets = objectives.map(({ journey, objective, targetPpm, valid, spentPpm, candidateSpentPpm }) => [
    ...[journey, objective, `${targetPpm / 10_000} %`, String(valid)],
    ...[spent(spentPpm), spent(candidateSpentPpm)],
  ])
  const told = table(['STEP', 'PROMISED', 'SLOW', 'CANDIDATE', 'SLOW THEN'], rows)
  const note = 'counted since the services started; no budget and no alert knows of candidates\n'
  if (budgets.length === 0) return `${told}\n${note}`
  const head = ['JOURNEY', 'OBJECTIVE', 'TARGET', 'EVENTS', 'BUDGET SPENT', 'SPENT THEN']
  return `${told}\n${table(head, budgets)}\n${note}`
}

/** Slow events, and their share of those that worked. */
function slow([good, slow]: Counts): string {
  return good + slow === 0 ? '–' : `${slow} (${percent(slow * 1_000_000, good + slow)})`
}

function spent(ppm: number | undefined): string {
  return ppm === undefined ? '–' : percent(ppm, 1)
}

function percent(parts: number, whole: number): string {
  return `${(Math.floor(parts / whole / 100) / 100).toFixed(2)} %`
}

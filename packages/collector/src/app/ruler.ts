import type { Definition } from '@tabiji/core/journey'
import type { Question } from '@tabiji/core/openslo'
import type { Config } from '../config/config.ts'
import { createResults, type Results } from '../jobs/budget/results.ts'
import { createRuler } from '../sources/ruler.ts'
import type { Logger } from '../telemetry/log.ts'
import type { Outgoing } from '../wire/outgoing.ts'
import { accessOf } from './engines.ts'

/** Rules are written from the journeys file: what an engine is asked for OpenSLO files is no ruler's. */
export function ruledPart(definition: Definition, questions: readonly Question[]): Definition {
  const asked = new Set(questions.map(({ journey }) => journey))
  return { ...definition, journeys: definition.journeys.filter(({ name }) => !asked.has(name)) }
}

/** What the ruler says of the journeys, when the configuration has one. */
export function openResults(
  { ruler, limits }: Pick<Config, 'ruler' | 'limits'>,
  definition: () => Definition,
  outgoing: Outgoing,
  now: () => number,
  log: Logger,
): Results | undefined {
  if (ruler === undefined) return undefined
  const source = createRuler('prometheus', accessOf(ruler), outgoing, limits)
  return createResults(source, definition, ruler.intervalMs, now, (message) =>
    log.warn({ engine: source.name }, message),
  )
}

import type { Definition } from './definition.ts'
import type { JourneysDocument } from './form.ts'
import { resolveDocument } from './resolve.ts'

/** A definition that knows its journeys and steps at compile time, by the document that it was made from. */
export type Journeys<Document extends JourneysDocument = JourneysDocument> = Definition & {
  readonly document: Document
  /**
   * A pair of names that belong together, as a value: what the routes of every framework take. One that is not declared
   * does not compile; where nothing is compiled, the recorder reports it when the route is set up or used.
   */
  step<
    Name extends keyof Document['journeys'] & string,
    Step extends keyof Document['journeys'][Name]['steps'] & string,
  >(journey: Name, step: Step): StepReference<Name, Step>
}

/** Which step of which journey, by their names. */
export type StepReference<Name extends string = string, Step extends string = string> = {
  readonly journey: Name
  readonly step: Step
}

/** The names of the journeys; `string` when the document was not written in TypeScript or imported as JSON. */
export type JourneyName<J extends Journeys> = keyof J['document']['journeys'] & string

/** The names of the steps of one journey. */
export type StepName<J extends Journeys, Name extends JourneyName<J>> = keyof J['document']['journeys'][Name]['steps'] &
  string

/**
 * Defines journeys in a TypeScript service. The names of journeys and steps become types, so a pair that does not exist
 * does not compile. An imported JSON file or a value of `JSON.parse` is accepted too.
 *
 * ```ts
 * export const journeys = defineJourneys({
 *   timeZone: 'Asia/Tokyo',
 *   classes: { read: '300ms', write: '1s', heavy: '20s' },
 *   journeys: {
 *     'measure-feet': {
 *       title: { en: 'Measure feet', ja: '足を計測する' },
 *       objectives: { availability: 99.5 },
 *       steps: { upload: { http: 'POST /v1/scans', within: 'write' }, process: { job: true, within: 'heavy' } },
 *     },
 *   },
 * })
 * ```
 *
 * @throws Error that lists everything that is wrong with the document
 */
export function defineJourneys<const Document extends JourneysDocument>(document: Document): Journeys<Document> {
  // The copy is what a file would hold, and nobody can change it afterwards.
  const copy: Document = JSON.parse(JSON.stringify(document) ?? 'null')
  const read = resolveDocument(copy)
  if (read.ok) return { ...read.definition, document: copy, step: (journey, step) => ({ journey, step }) }
  const errors = read.problems.filter(({ severity }) => severity === 'error')
  const lines = errors.map(({ message, hint }) => `  ${message}${hint === undefined ? '' : ` (${hint})`}`)
  throw new Error(`The journeys cannot be used:\n${lines.join('\n')}`)
}

/** The definition as the text of a JSON file, for the collector and for services in other languages: same fingerprint. */
export function exportJourneys({ document }: Journeys): string {
  return `${JSON.stringify(document, null, 2)}\n`
}

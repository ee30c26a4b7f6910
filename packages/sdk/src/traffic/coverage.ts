import { createFrequent } from './frequent.ts'
import { routeOf } from './route.ts'
import type { Traffic, Watch } from './traffic.ts'

export type CoverageOptions = {
  /** How many methods and paths of requests outside all journeys are kept, the most frequent ones; 1 to 100. */
  readonly examples: number
}

/** How much of a process's traffic belongs to journeys, since it began. Counts are whole. */
export type Coverage = {
  /** All requests that the middleware saw. */
  readonly requests: number
  /** Those that a step claimed. */
  readonly inJourneys: number
  /** All others, those included that have not come to their route yet. */
  readonly outside: number
  /** Where the most frequent of the others went, ids masked; empty unless `coverage` asks for them. */
  readonly examples: readonly CoverageExample[]
}

export type CoverageExample = {
  readonly method: string
  /** The route's template, or the path with ids masked. */
  readonly path: string
  /** Never above the true count. */
  readonly atLeast: number
}

/** @throws Error when the number cannot be kept: this happens while the service starts, before any request. */
export function resolveCoverage({ examples }: CoverageOptions): number {
  if (Number.isInteger(examples) && examples >= 1 && examples <= 100) return examples
  throw new Error(`Expected \`coverage.examples\` to be a whole number from 1 to 100, got ${examples}.`)
}

/** What watches requests for examples; without a number it watches nothing and has none. */
export function createExamples(size: number | undefined): {
  readonly watches: readonly Watch[]
  list(): Coverage['examples']
} {
  if (size === undefined) return { watches: [], list: () => [] }
  const frequent = createFrequent(size)
  const watch: Watch = (event, request, response) => {
    response.once('close', () => {
      if (event.rule !== undefined) return
      const { method, path } = routeOf(request, event.template)
      frequent.add(`${method} ${path}`)
    })
  }
  const list = () =>
    frequent.list().map(({ text, atLeast }) => {
      const space = text.indexOf(' ')
      return { method: text.slice(0, space), path: text.slice(space + 1), atLeast }
    })
  return { watches: [watch], list }
}

export function coverageOf({ requests, claimed }: Traffic, examples: Coverage['examples']): Coverage {
  return { requests, inJourneys: claimed, outside: requests - claimed, examples }
}

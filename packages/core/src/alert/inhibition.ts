import type { AlertFacts } from './facts.ts'
import { type Label, type Labels, labelsOf, type Matcher, matchesAll } from './matcher.ts'

/** While an alert that `source` matches is open, those that `target` matches and that agree in the `equal` labels wait. */
export type Inhibition = {
  readonly source: readonly Matcher[]
  readonly target: readonly Matcher[]
  readonly equal: readonly Label[]
}

/** Whoever is paged because a journey's budget burns need not hear the same a second time as a ticket or a notice. */
export const DEFAULT_INHIBITIONS: readonly Inhibition[] = [
  {
    source: [
      { label: 'level', operator: '=', value: '1' },
      { label: 'cause', operator: '=', value: 'burn' },
    ],
    target: [{ label: 'level', operator: '=~', value: '2|3' }],
    equal: ['journey'],
  },
]

/** An open alert that may inhibit others, and the inhibitions that say so. */
export type Source = {
  readonly facts: AlertFacts
  readonly labels: Labels
  readonly inhibitions: readonly Inhibition[]
}

/** Those of the open alerts that may inhibit others, the most urgent and then the oldest first. */
export function sourcesOf(open: readonly AlertFacts[], inhibitions: readonly Inhibition[]): readonly Source[] {
  return open
    .map((facts) => {
      const labels = labelsOf(facts)
      return { facts, labels, inhibitions: inhibitions.filter(({ source }) => matchesAll(source, labels)) }
    })
    .filter((source) => source.inhibitions.length > 0)
    .sort((a, b) => order(a.facts, b.facts))
}

/**
 * The open alert because of which another one waits, the most urgent and oldest of them; absent when there is none.
 *
 * Only an alert that is more urgent inhibits, or one as urgent that began earlier (equal times: by its id). So level 1 never
 * waits for a lower one, and no two alerts wait for each other: of those that wait in a row the first one is told. A drill
 * keeps nothing real quiet, nor the other way round.
 */
export function inhibitorOf(target: AlertFacts, sources: readonly Source[]): AlertFacts | undefined {
  const labels = labelsOf(target)
  return sources.find(
    (source) =>
      order(source.facts, target) < 0 &&
      source.facts.drill === target.drill &&
      source.inhibitions.some(
        (each) =>
          matchesAll(each.target, labels) && each.equal.every((label) => source.labels[label] === labels[label]),
      ),
  )?.facts
}

function order(a: AlertFacts, b: AlertFacts): number {
  return a.level - b.level || a.startedAt - b.startedAt || numberOf(a) - numberOf(b)
}

/** `A-10000` comes after `A-9999`. */
function numberOf({ episode }: AlertFacts): number {
  return Number(episode.slice(episode.indexOf('-') + 1))
}

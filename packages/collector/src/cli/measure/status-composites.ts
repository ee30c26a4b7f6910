import type { ShownComposite, ShownOverview } from './measure-answers.ts'

/** A line for each composite: which member it stands as, and which others burn or are not known. */
export function compositeLines(journeys: ShownOverview['journeys']): string {
  return journeys
    .flatMap(({ name, composites = [] }) => composites.map((composite) => `${name}/${compositeLine(composite)}\n`))
    .join('')
}

function compositeLine({ name, members, worst, state, leftPpm, burning, unknown }: ShownComposite): string {
  const left = leftPpm === undefined ? '' : `, ${(Math.floor(leftPpm / 1000) / 10).toFixed(1)} % left`
  const others = (label: string, ids: readonly string[]) => (ids.length === 0 ? '' : `; ${label}: ${ids.join(', ')}`)
  const burns = others('BURNING', burning)
  return `${name}: ${state.toUpperCase()} as ${worst}, the worst of ${members.length}${left}${burns}${others('not known', unknown)}`
}

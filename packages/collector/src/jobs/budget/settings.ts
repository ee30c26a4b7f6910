import { policyOf } from '@tabiji/core/budget'
import { type Definition, windowText } from '@tabiji/core/journey'
import type { Grid } from '@tabiji/core/ledger'
import type { LoadedSettings } from '../../ports/settings.ts'

type Stated = {
  readonly definition: Definition
  readonly grid: Grid
  readonly keepMs: number | undefined
  readonly evaluationMs: number
  readonly versions: LoadedSettings['versions']
}

/** What is in force; objectives with the same window or policy are told together, in the order of the file. */
export function settingsOf({ definition, grid, keepMs, evaluationMs, versions }: Stated): LoadedSettings {
  const objectives = definition.journeys.flatMap((journey) =>
    journey.objectives.map((objective) => ({ ...objective, id: `${journey.name}/${objective.name}` })),
  )
  const windows = together(objectives, ({ window }) => windowText(window))
  const policies = together(objectives, (objective) => JSON.stringify(policyOf(objective)))
  return {
    zone: definition.timeZone,
    journeys: definition.journeys.length,
    objectives: objectives.length,
    evaluationMs,
    detail: grid.map(({ fromAgeSeconds, width }) => ({ fromAgeMs: fromAgeSeconds * 1_000, widthMs: width * 1_000 })),
    ...(keepMs !== undefined && { keptMs: keepMs }),
    windows: windows.map(([first, ...rest]) => ({ window: first.window, objectives: rest.length + 1 })),
    policies: policies.map((same) => ({ policy: policyOf(same[0]), objectives: same.map(({ id }) => id) })),
    versions,
  }
}

function together<Item>(items: readonly Item[], nameOf: (item: Item) => string): readonly [Item, ...Item[]][] {
  const groups = new Map<string, [Item, ...Item[]]>()
  for (const item of items) {
    const known = groups.get(nameOf(item))
    if (known === undefined) groups.set(nameOf(item), [item])
    else known.push(item)
  }
  return [...groups.values()]
}

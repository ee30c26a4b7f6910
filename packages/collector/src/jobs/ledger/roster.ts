import type { Discovery, Found, FoundTarget } from '../../ports/discovery.ts'
import type { Source } from '../../ports/source.ts'

/** What came of looking at a list once. */
export type RosterOutcome = { readonly discovery: Discovery; readonly found: Found; readonly targets: number }

/** Who is read: the targets of the configuration, and those that lists name at present. */
export type Roster = {
  sources(): readonly Source[]
  /** Looks at a list, and lets go of who is not on it any more. A list that cannot be had changes nothing. Never rejects. */
  look(discovery: Discovery, signal: AbortSignal): Promise<void>
}

export type RosterDesk = {
  readonly fixed: readonly Source[]
  readonly make: (discovery: Discovery, target: FoundTarget) => Source
  /** Told when others are to be read than before. */
  readonly onChange: (now: readonly Source[], gone: readonly Source[]) => void
  readonly onLook: (outcome: RosterOutcome) => void
}

export function createRoster({ fixed, make, onChange, onLook }: RosterDesk): Roster {
  const found = new Map<string, readonly Source[]>()
  let sources = fixed
  return {
    sources: () => sources,
    look: async (discovery, signal) => {
      const result = await discovery.find(signal)
      if (signal.aborted) return
      if (result.ok) {
        const before = found.get(discovery.name) ?? []
        found.set(discovery.name, sourcesOf(discovery, result.targets, before, make))
        const next = withoutRepeated([...fixed, ...[...found.values()].flat()])
        const isOther = next.length !== sources.length || next.some((source) => !sources.includes(source))
        // By its name: a target that only another list has now is still read.
        const gone = sources.filter(({ name }) => !next.some((source) => source.name === name))
        sources = next
        if (isOther) onChange(sources, gone)
      }
      onLook({ discovery, found: result, targets: found.get(discovery.name)?.length ?? 0 })
    },
  }
}

/** Who was on the list before stays the same source: it knows the layout of what its target says. */
function sourcesOf(
  discovery: Discovery,
  targets: readonly FoundTarget[],
  before: readonly Source[],
  make: RosterDesk['make'],
): readonly Source[] {
  const known = new Map(before.map((source) => [source.name, source]))
  return withoutRepeated(
    targets.map((target) => {
      const made = make(discovery, target)
      return known.get(made.name) ?? made
    }),
  )
}

/** A target that is named twice is read once, as the first one says: its counters would be the same. */
function withoutRepeated(sources: readonly Source[]): readonly Source[] {
  const first = new Map<string, Source>()
  for (const source of sources) if (!first.has(source.name)) first.set(source.name, source)
  return [...first.values()]
}

import type { IncidentCause } from './state.ts'

/** Causes with the whys below each, as people look at them. */
export type CauseNode<Cause> = { readonly cause: Cause; readonly why: readonly CauseNode<Cause>[] }

type Placed = Pick<IncidentCause, 'id' | 'under'> | { readonly id: string; readonly under?: string | undefined }

/** The causes as trees, in the order in which they were said. What is under one that is not there stands on its bone. */
export function causeTrees<Cause extends Placed>(causes: readonly Cause[]): readonly CauseNode<Cause>[] {
  const known = new Set(causes.map(({ id }) => id))
  const nodeOf = (cause: Cause): CauseNode<Cause> => ({
    cause,
    why: causes.filter(({ under }) => under === cause.id).map(nodeOf),
  })
  return causes.filter(({ under }) => under === undefined || !known.has(under)).map(nodeOf)
}

/** Every cause that a cause leads to, not itself. Ends with causes that lead to themselves, too, which are refused. */
export function causesBelow(causes: readonly IncidentCause[], id: string): readonly IncidentCause[] {
  const found = new Map<string, IncidentCause>()
  const waiting = [id]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    for (const cause of causes) {
      if (cause.under !== next || found.has(cause.id)) continue
      found.set(cause.id, cause)
      waiting.push(cause.id)
    }
  }
  return [...found.values()]
}

/** What a cause hangs under, the nearest first. */
function above(causes: readonly IncidentCause[], { under }: IncidentCause): readonly IncidentCause[] {
  const path: IncidentCause[] = []
  let next = causes.find(({ id }) => id === under)
  while (next !== undefined && !path.includes(next)) {
    path.push(next)
    const parent = next.under
    next = causes.find(({ id }) => id === parent)
  }
  return path
}

/** How deep a cause lies; 1 on its bone. */
export function depthOf(causes: readonly IncidentCause[], cause: IncidentCause): number {
  return above(causes, cause).length + 1
}

/** A why lies on the bone of what it explains, wherever that was moved. */
export function settled(causes: readonly IncidentCause[]): readonly IncidentCause[] {
  return causes.map((cause) => ({ ...cause, bone: above(causes, cause).at(-1)?.bone ?? cause.bone }))
}

/** Without one; what was below it takes its place. */
export function withoutCause(causes: readonly IncidentCause[], id: string): readonly IncidentCause[] {
  const gone = causes.find((cause) => cause.id === id)
  return causes
    .filter((cause) => cause.id !== id)
    .map((cause) => {
      if (cause.under !== id) return cause
      const { under: _, ...rest } = cause
      return gone?.under === undefined ? rest : { ...rest, under: gone.under }
    })
}

import type { Definition } from '@tabiji/core/journey'
import { objectiveId } from '@tabiji/core/slo'
import type { LedgerStore, Revision } from '../ports/ledger-store.ts'

/**
 * Remembers since when a file is in force, when it promises something else than the one before it. Months are judged by
 * what was promised in them.
 *
 * @returns all revisions, ascending by time
 */
export function recordRevision(store: LedgerStore, definition: Definition, now: number): readonly Revision[] {
  const targets = Object.fromEntries(
    definition.journeys.flatMap((journey) =>
      journey.objectives.map((objective) => [objectiveId(journey.name, objective), objective.targetPpm] as const),
    ),
  )
  const revisions = store.revisions()
  const last = revisions.at(-1)
  const revision = { at: now, fingerprint: definition.fingerprint, targets }
  if (last?.fingerprint === revision.fingerprint && sameTargets(last.targets, targets)) return revisions
  store.saveRevision(revision)
  return [...revisions, revision]
}

function sameTargets(a: Revision['targets'], b: Revision['targets']): boolean {
  const names = new Set([...Object.keys(a), ...Object.keys(b)])
  return [...names].every((name) => a[name] === b[name])
}

import type { Definition } from '@tabiji/core/journey'
import { objectiveId } from '@tabiji/core/slo'
import type { LedgerStore, Revision } from '../../ports/ledger-store.ts'

/**
 * Remembers since when a file is in force, when it is another one than the one before it. Months are judged by what was
 * promised in them, and told by the file as it was.
 *
 * @returns all revisions, ascending by time
 */
export function recordRevision(store: LedgerStore, definition: Definition, now: number): readonly Revision[] {
  const revisions = store.revisions()
  const last = revisions.at(-1)
  const revision = { at: now, fingerprint: definition.fingerprint, targets: targetsOf(definition), definition }
  if (last === undefined || promisesOther(last, revision)) return [...revisions, saved(store, revision)]
  const { at, fingerprint, targets, definition: before } = last
  if (before !== undefined && JSON.stringify(before) !== JSON.stringify(definition)) {
    return [...revisions, saved(store, revision)]
  }
  const earlier = revisions.slice(0, -1)
  // An earlier version kept of the same file the targets only.
  if (before === undefined) return [...earlier, saved(store, { ...revision, at })]
  // The one that is in memory anyway, instead of one that is read again whenever it is asked for.
  return [...earlier, { at, fingerprint, targets, definition }]
}

function saved(store: LedgerStore, revision: Revision): Revision {
  store.saveRevision(revision)
  return revision
}

function targetsOf({ journeys }: Definition): Revision['targets'] {
  return Object.fromEntries(
    journeys.flatMap((journey) =>
      journey.objectives.map((objective) => [objectiveId(journey.name, objective), objective.targetPpm] as const),
    ),
  )
}

/** Whether events are judged otherwise from a revision on, or against other targets; a title or an owner changes neither. */
export function promisesOther(before: Revision, after: Revision): boolean {
  if (before.fingerprint !== after.fingerprint) return true
  const names = new Set([...Object.keys(before.targets), ...Object.keys(after.targets)])
  return [...names].some((name) => before.targets[name] !== after.targets[name])
}

/** The file that was in force when a stretch ended, milliseconds; nothing when that is not known as a whole. */
export function definitionAt(revisions: readonly Revision[], end: number): Definition | undefined {
  return revisions.findLast(({ at }) => at < end)?.definition
}

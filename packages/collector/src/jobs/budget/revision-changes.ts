import type { Definition } from '@tabiji/core/journey'
import type { Grid } from '@tabiji/core/ledger'
import { isoIn } from '@tabiji/core/time'
import type { RevisionChange, ToldRevision } from '../../ports/api.ts'
import type { Revision } from '../../ports/ledger-store.ts'

/** All revisions, the newest first, each with what it changed. A slot is judged by one target, so each applies from a slot's edge on. */
export function tellRevisions(revisions: readonly Revision[], grid: Grid, zone: string): readonly ToldRevision[] {
  const width = grid[0].width * 1000
  return revisions
    .map((revision, i) => ({
      at: isoIn(revision.at, zone),
      appliesFrom: isoIn(Math.ceil(revision.at / width) * width, zone),
      fingerprint: revision.fingerprint,
      changes: i === 0 ? [] : changesBetween(revisions[i - 1] as Revision, revision),
    }))
    .reverse()
}

function changesBetween(before: Revision, after: Revision): readonly RevisionChange[] {
  const told = [
    ...differences('target', before.targets, after.targets),
    ...(before.definition === undefined || after.definition === undefined
      ? []
      : differences('within', promisesOf(before.definition), promisesOf(after.definition))),
  ]
  return told.length > 0 ? told : [{ what: 'other' }]
}

/** The promised time of each step, milliseconds. */
function promisesOf({ journeys }: Definition): Readonly<Record<string, number>> {
  return Object.fromEntries(
    journeys.flatMap(({ name, steps }) => steps.map((step) => [`${name}/${step.name}`, step.withinMs] as const)),
  )
}

function differences(
  what: 'target' | 'within',
  before: Readonly<Record<string, number>>,
  after: Readonly<Record<string, number>>,
): readonly RevisionChange[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])]
  return names.flatMap((name) => {
    const [was, is] = [before[name], after[name]]
    if (was === is) return []
    return [{ what, name, ...(was !== undefined && { before: was }), ...(is !== undefined && { after: is }) }]
  })
}

import { type Annotation, type AnnotationKind, annotationKey, type DeploymentTimes } from '@tabiji/core/alert'
import type { AnnotationStore } from '../ports/annotations.ts'
import type { Sqlite } from './database.ts'

/** Annotations in SQLite, a row each; the key is the row's number. */
export function createAnnotationStore(database: Sqlite): AnnotationStore {
  const insert = database.prepare(
    `INSERT INTO annotation (identity, at, created_at, kind, title, author, service, journeys, url, deployment)
     VALUES (@identity, @at, @createdAt, @kind, @title, @by, @service, @journeys, @url, @deployment)`,
  )
  const find = database.prepare('SELECT * FROM annotation WHERE id = ?')
  const known = database.prepare('SELECT * FROM annotation WHERE identity = ?')
  const follow = database.prepare('UPDATE annotation SET deployment = ?, at = ? WHERE id = ?')
  const withdraw = database.prepare(
    `UPDATE annotation SET withdrawn_at = ?, withdrawn_by = ?, withdrawn_reason = ?
     WHERE id = ? AND withdrawn_at IS NULL`,
  )
  const between = database.prepare(
    'SELECT * FROM annotation WHERE at >= ? AND at <= ? ORDER BY at DESC, id DESC LIMIT ?',
  )
  const read = (row: unknown) => (row === undefined ? undefined : annotationOf(row as AnnotationRow))
  return {
    add: (annotation) => {
      const { lastInsertRowid } = insert.run({
        identity: annotation.identity ?? null,
        at: annotation.at,
        createdAt: annotation.createdAt,
        kind: annotation.kind,
        title: annotation.title,
        by: annotation.by ?? null,
        service: annotation.service ?? null,
        journeys: JSON.stringify(annotation.journeys),
        url: annotation.url ?? null,
        deployment: annotation.deployment === undefined ? null : JSON.stringify(annotation.deployment),
      })
      return { ...annotation, key: annotationKey(Number(lastInsertRowid)) }
    },
    find: (key) => read(find.get(numberOf(key))),
    byIdentity: (identity) => read(known.get(identity)),
    follow: (key, deployment, at) => void follow.run(JSON.stringify(deployment), at, numberOf(key)),
    withdraw: (key, { at, by, reason }) => {
      const { changes } = withdraw.run(at, by ?? null, reason, numberOf(key))
      if (changes !== 1) throw new Error(`Expected ${key} to be active`)
    },
    between: (from, to, limit) => (between.all(from, to, limit) as AnnotationRow[]).map(annotationOf),
  }
}

/** Nothing that is no key has a number. */
function numberOf(key: string): number {
  const [, digits = '-1'] = /^ANN-(\d{1,15})$/.exec(key) ?? []
  return Number(digits)
}

type AnnotationRow = {
  id: number
  identity: string | null
  at: number
  created_at: number
  kind: AnnotationKind
  title: string
  author: string | null
  service: string | null
  journeys: string
  url: string | null
  deployment: string | null
  withdrawn_at: number | null
  withdrawn_by: string | null
  withdrawn_reason: string | null
}

function annotationOf(row: AnnotationRow): Annotation {
  return {
    key: annotationKey(row.id),
    kind: row.kind,
    title: row.title,
    at: row.at,
    createdAt: row.created_at,
    ...(row.author !== null && { by: row.author }),
    ...(row.service !== null && { service: row.service }),
    journeys: JSON.parse(row.journeys) as string[],
    ...(row.url !== null && { url: row.url }),
    ...(row.identity !== null && { identity: row.identity }),
    ...(row.deployment !== null && { deployment: JSON.parse(row.deployment) as DeploymentTimes }),
    ...(row.withdrawn_at !== null && {
      withdrawn: {
        at: row.withdrawn_at,
        ...(row.withdrawn_by !== null && { by: row.withdrawn_by }),
        reason: row.withdrawn_reason ?? '',
      },
    }),
  }
}

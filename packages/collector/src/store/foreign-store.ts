import { type ForeignClaim, foreignRuleId } from '@tabiji/core/alert'
import type { ForeignStore } from '../ports/foreign-alerts.ts'
import type { Sqlite } from './database.ts'

/** What others told of their alerts, in SQLite: the last word about each. */
export function createForeignStore(database: Sqlite): ForeignStore {
  const all = database.prepare('SELECT claim FROM foreign_alert ORDER BY rule').pluck()
  const put = database.prepare(
    'INSERT INTO foreign_alert (rule, claim) VALUES (?, ?) ON CONFLICT (rule) DO UPDATE SET claim = excluded.claim',
  )
  const drop = database.prepare('DELETE FROM foreign_alert WHERE rule = ?')
  const save = database.transaction((claims: readonly ForeignClaim[]) => {
    for (const claim of claims) put.run(foreignRuleId(claim), JSON.stringify(claim))
  })
  const forget = database.transaction((claims: readonly ForeignClaim[]) => {
    for (const claim of claims) drop.run(foreignRuleId(claim))
  })
  return {
    all: () => (all.all() as string[]).map((claim) => JSON.parse(claim) as ForeignClaim),
    save: (claims) => void save.immediate(claims),
    forget: (claims) => void forget.immediate(claims),
  }
}

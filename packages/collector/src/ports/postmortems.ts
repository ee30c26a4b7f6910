import type { PostmortemDuty } from '@tabiji/core/postmortem'
import type { Result } from './work.ts'

export type DutyFilter = 'overdue' | 'open' | 'all' | PostmortemDuty['state']

/** What is owed of one incident, and where a draft of it is written unless somebody says otherwise. */
type OwedOf = { readonly incident: string; readonly duty?: PostmortemDuty; readonly file?: string }

/** The postmortems that incidents owe. */
export interface Postmortems {
  /** What is owed first, the most overdue on top. `open` is everything that is not published. */
  list(state: DutyFilter): readonly PostmortemDuty[]
  /** Without a duty where none is owed. */
  of(key: string): Result<OwedOf>
}

import type { ResponseRules } from '@tabiji/core/incident'
import type { Config } from '../config/config.ts'
import { createFirstResponse } from '../jobs/first-response.ts'
import type { FirstResponse } from '../ports/response.ts'
import type { Stores } from './stores.ts'

/** What an incident gets by itself, by the configuration. */
export function rulesOf({ checklists, updateEvery }: Config): ResponseRules {
  return { checklists: { 1: checklists[1].items, 2: checklists[2].items, 3: checklists[3].items }, updateEvery }
}

/** The first response to incidents, as the doors ask for it. */
export function firstResponseOf(stores: Stores, timeZone: () => string, now: () => number): FirstResponse {
  return createFirstResponse({ store: stores.work, alerts: stores.alerts, timeZone, now })
}

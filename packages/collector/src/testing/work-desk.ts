import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ResponseRules } from '@tabiji/core/incident'
import type { Definition, Journey } from '@tabiji/core/journey'
import { ALWAYS_OPEN } from '@tabiji/core/time'
import { createFirstResponse } from '../jobs/incident/first-response.ts'
import { createPostmortems } from '../jobs/incident/postmortems.ts'
import { createWork } from '../jobs/incident/work.ts'
import type { Postmortems } from '../ports/postmortems.ts'
import type { FirstResponse } from '../ports/response.ts'
import type { Work } from '../ports/work.ts'
import type { WorkStore } from '../ports/work-store.ts'
import { createAlertStore } from '../store/alert-store.ts'
import { openDatabase } from '../store/database.ts'
import { createWorkStore } from '../store/work-store.ts'

const ZONE = 'Asia/Tokyo'

/** Milliseconds of a time on Tokyo's clocks. */
export const tokyo = (text: string) => Date.parse(`${text}+09:00`)

const journey = (name: string): Journey => ({ name, title: { en: name, ja: name }, tier: 1, objectives: [], steps: [] })

const DEFINITION: Definition = {
  timeZone: ZONE,
  classes: {},
  journeys: [journey('measure-feet'), journey('read-result')],
  fingerprint: '0123456789abcdef',
}

export type WorkDesk = {
  readonly work: Work
  readonly store: WorkStore
  readonly response: FirstResponse
  readonly postmortems: Postmortems
  /** Moves the clock to a time in Tokyo. */
  at(text: string): void
  /** Closes the file and opens it again, as a restart does. */
  reopen(): WorkDesk
  close(): void
}

/**
 * Work on a real SQLite file in a temporary folder, with a clock that stands until it is moved.
 *
 * @param rules what an incident gets by itself; absent: nothing
 */
export function openWorkDesk(folder = mkdtempSync(join(tmpdir(), 'tabiji-work-')), rules?: ResponseRules): WorkDesk {
  const clock = { now: tokyo('2026-10-20T13:05:00') }
  const { database, close } = openDatabase(join(folder, 'tabiji.db'), clock.now)
  const store = createWorkStore(database)
  return {
    work: createWork({
      ...{ store, definition: () => DEFINITION, now: () => clock.now },
      ...(rules !== undefined && { response: () => rules }),
    }),
    response: createFirstResponse({
      ...{ store, alerts: createAlertStore(database), timeZone: () => ZONE, now: () => clock.now },
    }),
    postmortems: createPostmortems({
      ...{ store, alerts: createAlertStore(database), definition: () => DEFINITION, now: () => clock.now },
      ...{ within: { 1: 3 }, deskOf: () => ALWAYS_OPEN, receiversOf: () => [], isSample: () => false },
    }),
    store,
    at: (text) => {
      clock.now = tokyo(text)
    },
    reopen: () => {
      close()
      return openWorkDesk(folder, rules)
    },
    close: () => {
      close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

import { foldIncident, type Incident } from '@tabiji/core/incident'
import { readEntries } from '@tabiji/core/ledger'
import { openEpisodeBook } from '../alert/episode-book.ts'
import { createEvaluation } from '../alert/evaluate.ts'
import { createImpact } from '../incident/impact.ts'
import { createIncidentTurns } from '../incident/incident-opening.ts'
import { createWork } from '../incident/work.ts'
import { AVAILABILITY, createShop, definitionOf, MINUTE, NOON, openBooks } from './books.ts'
import { tellingTo } from './office.ts'

const POLICY = {
  pairs: [{ level: 1, longMs: 60 * MINUTE, shortMs: 5 * MINUTE, speed: { factorMilli: 10_000 } }],
  guard: { badEvents: 3, confidencePercent: 95 },
  milestones: [],
} as const

type Rules = Parameters<typeof createIncidentTurns>[0]['rules']
type Added = Parameters<ReturnType<typeof createShop>>[1]

/** A shop on a real store, judged and looked at every quarter of a minute. The clock moves by what is called. */
export function openIncidentDesk(stated: Partial<Rules> = {}) {
  const definition = definitionOf({ ...AVAILABILITY, policy: POLICY })
  const books = openBooks(definition, NOON)
  const store = books.workStore
  const clock = { now: NOON }
  const work = createWork({ store, definition: () => definition, now: () => clock.now })
  const shop = createShop(NOON)
  let ids = 0
  const telling = {
    ...tellingTo({ 1: ['pager'] }),
    patience: new Map([['shop', MINUTE]]),
    letterhead: () => ({ instance: 'test', timeZone: 'Asia/Tokyo', sample: false }),
    newId: () => `n-${++ids}`,
  }
  const rules: Rules = { openOn: 'page', joinWithinMs: 30 * MINUTE, language: 'en', ...stated }
  const start = () => {
    const book = openEpisodeBook(books.alerts)
    const parts = {
      store,
      work,
      alerts: books.alerts,
      book,
      rows: books.ledgerStore.rows,
      judge: () => books.judge,
      rules,
    }
    return { evaluation: createEvaluation(books.alerts, telling, book), turns: createIncidentTurns(parts) }
  }
  let process = start()
  const history = (key: string) => store.incidentHistory(key).events
  return {
    ...{ clock, work, history, impact: createImpact({ store, judge: () => books.judge, now: () => clock.now }) },
    /** Minutes of the same traffic in every quarter. @param looks whether incidents are looked at as well */
    run: (minutes: number, added: Added, looks = true) => {
      for (let i = 0; i < minutes * 4; i++) {
        clock.now += 15_000
        // The reading comes in the slot that it is about.
        books.ledger.book([shop(clock.now - 1, added)], clock.now)
        process.evaluation.tick(books.judge, clock.now)
        if (looks) process.turns.look(clock.now)
      }
    },
    /** The process ends and another one takes over what is on disk. */
    restart: () => {
      process = start()
    },
    incidents: () =>
      work.listIncidents('all').flatMap(({ key }) => {
        const read = work.incident(key)
        return read.ok ? [read.value] : []
      }),
    folded: (key: string) => foldIncident(key, history(key)) as Incident,
    episode: (id: string) => {
      const record = books.alerts.findEpisode(id)
      if (record === undefined) throw new Error(`Expected an episode ${id}`)
      return record
    },
    /** Bad and valid events of availability in [from, to), milliseconds, by a second reader over the rows of the log. */
    counted: (from: number, to: number) => {
      let bad = 0
      let valid = 0
      for (const { body } of books.ledgerStore.rows(Math.floor(from / 1000), Math.floor(to / 1000))) {
        const read = readEntries(body)
        if (!read.ok) throw new Error(read.reason)
        for (const entry of read.items) {
          const [good = 0, slow = 0, error = 0] = entry.counts
          bad += error
          valid += good + slow + error
        }
      }
      return { bad, valid }
    },
    close: books.close,
  }
}

import { EPISODE_STATES } from '@tabiji/core/alert'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { EpisodeRecord } from '../../ports/alert-store.ts'
import { createAlertStore } from '../../store/alert-store.ts'
import { openDatabase } from '../../store/database.ts'
import { FACTS, STARTED_AT } from '../../testing/alert.ts'
import { openEpisodeBook, readByBook } from './episode-book.ts'

const change = fc.record({
  number: fc.integer({ min: 9_990, max: 10_010 }),
  state: fc.constantFrom(...EPISODE_STATES),
})
const limit = fc.constantFrom(0, 1, 5, 1_000)
const filter = fc.oneof(fc.record({ limit }), fc.record({ level: fc.constantFrom(1, 2, 3), limit }))

/** An alert keeps its level, its rule and whether it is one of a drill. */
function recordOf({ number, state }: { number: number; state: EpisodeRecord['episode']['state'] }): EpisodeRecord {
  const level = ([1, 2, 3] as const)[number % 3] ?? 1
  const id = `A-${String(number).padStart(4, '0')}`
  return {
    ...{ id, rule: `checkout/availability/${number}`, level },
    episode: { state, startedAt: STARTED_AT, reopenings: 0 },
    facts: { ...FACTS, level, episode: id, ...(number % 2 === 0 && { drill: 'D-0001' }) },
  }
}

test('what is open is the same in memory and on disk, whatever was written, refused and opened again', () => {
  const step = fc.record({
    changes: fc.array(change, { maxLength: 4 }),
    isRefused: fc.boolean(),
    isReopened: fc.boolean(),
  })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 8 }), filter, (steps, wish) => {
      const opened = openDatabase(':memory:', STARTED_AT)
      const store = createAlertStore(opened.database)
      let book = openEpisodeBook(store)
      const compare = () => {
        const read = readByBook(store, book)
        for (const state of ['open', 'all'] as const)
          expect(read.listEpisodes({ state, ...wish })).toEqual(store.listEpisodes({ state, ...wish }))
        expect(read.openEpisodes()).toEqual(store.openEpisodes())
      }
      for (const { changes, isRefused, isReopened } of steps) {
        const episodes = [...new Map(changes.map((each) => [each.number, recordOf(each)])).values()]
        const line = { episode: 'A-0000', at: STARTED_AT, transition: null as never }
        const commit = { episodes, timeline: isRefused ? [line] : [], outbox: [] }
        if (isRefused) expect(() => book.commit(commit)).toThrow()
        else book.commit(commit)
        if (isReopened) book = openEpisodeBook(store)
        compare()
      }
      opened.close()
    }),
  )
})

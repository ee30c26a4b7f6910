import { join } from 'node:path'
import type { BookingNote } from '@tabiji/core/ledger'
import { describe, expect, test } from 'vitest'
import { temporaryFolder } from '../../store/testing/temporary-folder.ts'
import { BIRTH, openOn, podOf, readingAt, START, sumsOf } from '../testing/ledger-on-file.ts'
import { createIngest } from './ingest.ts'

function openIngest() {
  const file = join(temporaryFolder(), 'books.db')
  const open = openOn(file)
  const notes: BookingNote[] = []
  const ingest = createIngest(
    open.ledger,
    () => START + 60_000,
    (more) => notes.push(...more),
  )
  /** Good events by account, as they stand in the log. */
  const onDisk = () => sumsOf(open.store.rows(0, Number.MAX_SAFE_INTEGER)).map(([good]) => good)
  return { ...open, file, ingest, notes, onDisk }
}

test('readings of one moment share one commit, and each sender hears of it afterwards', async () => {
  const { ingest, onDisk, store, close } = openIngest()
  const seen: unknown[] = []
  const submitted = ['a', 'b', 'c'].map((id) =>
    ingest.submit(readingAt(60, [5, 0, 0, 0], podOf(id, START + 59_000))).then(() => seen.push(onDisk())),
  )
  expect([seen, onDisk()]).toEqual([[], []])
  await Promise.all(submitted)
  expect(seen).toEqual([[15], [15], [15]])
  expect(store.lastRow()).toBe(1)
  close()
})

test('what waits is committed at once when it must be', async () => {
  const { ingest, onDisk, close } = openIngest()
  const submitted = ingest.submit(readingAt(60, [5, 0, 0, 0]))
  ingest.flush()
  expect(onDisk()[0]).toBe(5)
  await submitted
  ingest.flush()
  close()
})

test('notes are handed on', async () => {
  const { ingest, notes, close } = openIngest()
  await ingest.submit(readingAt(60, [5, 0, 0, 0], podOf('old', BIRTH - 3_600_000)))
  expect(notes).toEqual([{ kind: 'baseline', process: 'old', service: 'scan' }])
  close()
})

describe('a commit that fails', () => {
  test('is told to its senders, who may say the same again', async () => {
    const { ingest, database, onDisk, close } = openIngest()
    const full = database.pragma('page_count', { simple: true })
    database.pragma(`max_page_count = ${full}`)
    const steps = Array.from({ length: 400 }, (_, i) => {
      return {
        journey: 'measure-feet',
        step: `a-step-with-a-long-name-${i}`,
        role: 'own',
        counts: [1, 0, 0, 0],
      } as const
    })
    const reading = { ...readingAt(60, [0, 0, 0, 0]), steps }
    const submitted = ingest.submit(reading)
    ingest.flush()
    await expect(submitted).rejects.toThrow('full')
    database.pragma('max_page_count = 1000000')
    await ingest.submit(reading)
    expect(onDisk()).toEqual(new Array(400).fill(1))
    close()
  })

  test('for one reading that can never be booked does not take the others along', async () => {
    const { ingest, onDisk, close } = openIngest()
    const broken = readingAt(60, [0.5, 0, 0, 0], podOf('broken'))
    const results = Promise.allSettled([
      ingest.submit(readingAt(60, [5, 0, 0, 0], podOf('a'))),
      ingest.submit(broken),
      ingest.submit(readingAt(60, [7, 0, 0, 0], podOf('b'))),
    ])
    ingest.flush()
    expect((await results).map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    expect(onDisk()).toEqual([12])
    close()
  })
})

test('a reading that is on disk is not called lost because its notes could not be handed on', async () => {
  const open = openOn(join(temporaryFolder(), 'books.db'))
  const ingest = createIngest(
    open.ledger,
    () => START + 60_000,
    () => {
      throw new Error('the log is closed')
    },
  )
  const submitted = ingest.submit(readingAt(60, [5, 0, 0, 0]))
  expect(() => ingest.flush()).toThrow('the log is closed')
  await expect(submitted).resolves.toEqual([])
  open.close()
})

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Config } from '../config/config.ts'
import { AVAILABILITY, definitionOf } from '../jobs/testing/books.ts'
import { configIn } from '../testing/config.ts'
import { importHistory, readHistory } from './history.ts'
import { openStores } from './stores.ts'

const NOW = Date.parse('2026-11-02T12:00:00+09:00')
const FILE = definitionOf(AVAILABILITY)

let folder = ''
let config: Config

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tabiji-'))
  config = configIn(folder)
})

afterEach(() => rmSync(folder, { recursive: true, force: true }))

const reading = (at: string, good: number, error: number) =>
  JSON.stringify({
    kind: 'reading',
    at,
    process: 'old',
    service: 'shop',
    steps: [{ journey: 'checkout', step: 'pay', counts: [good, 0, error, 0] }],
  })

const work = (kind: string, key: string, at: string, command: object) =>
  JSON.stringify({ kind, key, at, by: 'sato', command })

const HISTORY = [
  reading('2026-10-01T00:00:00+09:00', 1_000, 50),
  reading('2026-10-01T00:15:00+09:00', 1_090, 60),
  '',
  reading('2026-10-01T00:30:00+09:00', 1_190, 60),
  work('incident', 'OLD-1', '2026-10-01T00:10:00+09:00', { type: 'open', title: 'Payments fail', level: 1 }),
  work('fix', 'OLD-F', '2026-10-02T10:00:00+09:00', {
    type: 'add',
    title: 'Retry once',
    kind: 'prevent',
    incident: 'OLD-1',
    due: '2026-10-10',
  }),
  work('fix', 'OLD-F', '2026-10-09T10:00:00+09:00', { type: 'done' }),
]

function run(lines: readonly string[], sample = false) {
  const read = readHistory(lines)
  if (!read.ok) throw new Error(JSON.stringify(read.problems))
  return importHistory(config, FILE, read.entries, { now: NOW, sample })
}

describe('a history', () => {
  test('is counted from its first reading on: what was before that is not known', () => {
    expect(run(HISTORY)).toMatchObject({ ok: true, imported: { readings: 3, events: 200, incidents: 1, fixes: 1 } })
  })

  test('says what of it is older than the first file that the store knows, and nothing where that file was in force', () => {
    const from = Date.parse('2026-10-01T00:00:00+09:00')
    expect(run(HISTORY)).toMatchObject({ judgedBack: { from, fileSince: NOW } })
    const read = readHistory([reading('2026-11-03T12:00:00+09:00', 1_300, 60)])
    if (!read.ok) throw new Error('Expected a line that can be read')
    const later = importHistory(config, FILE, read.entries, { now: NOW + 86_400_000, sample: false })
    expect(later).toEqual({ ok: true, imported: { readings: 1, events: 110, incidents: 0, fixes: 0 } })
  })

  test('keeps when things were done, under the store’s own keys', () => {
    run(HISTORY)
    const stores = openStores(config.storeFile, NOW)
    const [fix] = stores.work.fixHistories()
    expect(fix?.key).toBe('FIX-0001')
    expect(fix?.events).toMatchObject([
      { type: 'added', incident: 'INC-0001', by: 'sato', at: Date.parse('2026-10-02T10:00:00+09:00') },
      { type: 'done', at: Date.parse('2026-10-09T10:00:00+09:00') },
    ])
    stores.close()
  })

  test('may name other fixes by the file’s own keys, and tells who waits for what', () => {
    const fix = (key: string, day: string, command: object) =>
      work('fix', key, `2026-10-${day}T10:00:00+09:00`, command)
    const added = { type: 'add', title: 'Retry once', kind: 'prevent', due: '2026-10-30' }
    run([
      fix('A', '02', added),
      fix('B', '03', { ...added, splitFrom: 'A' }),
      fix('C', '04', added),
      fix('B', '05', { type: 'assign', owner: 'mori' }),
      fix('B', '06', { type: 'block', reason: 'the network' }),
      fix('B', '07', { type: 'unblock' }),
      fix('C', '08', { type: 'merge', into: 'A' }),
    ])
    const stores = openStores(config.storeFile, NOW)
    const told = stores.work.fixHistories().map(({ events }) => events.slice(0, 4))
    expect(told).toMatchObject([
      [{ type: 'added' }, { type: 'absorbed', key: 'FIX-0003' }],
      [{ splitFrom: { key: 'FIX-0001' } }, { type: 'assigned' }, { type: 'blocked' }, { type: 'unblocked' }],
      [{ type: 'added' }, { type: 'merged', into: 'FIX-0001' }],
    ])
    stores.close()
  })

  test('brought in twice adds nothing to the books the second time', () => {
    run(HISTORY.slice(0, 4))
    expect(run(HISTORY.slice(0, 4))).toMatchObject({ imported: { readings: 3, events: 0 } })
  })

  test('that is made up marks the store for good', () => {
    run(HISTORY, true)
    run(HISTORY.slice(0, 2))
    const stores = openStores(config.storeFile, NOW)
    expect(stores.ledger.isSample()).toBe(true)
    stores.close()
  })

  test('with mistakes is refused as a whole, all of them told with their lines', () => {
    const read = readHistory([
      'no json',
      reading('yesterday', 1, 0),
      reading('2026-10-01T00:00:00+09:00', -1, 0),
      work('fix', 'X', '2026-10-02T10:00:00+09:00', { type: 'finish' }),
      work('incident', 'X', '2026-10-02T10:00:00+09:00', { type: 'resolve', reson: 'x' }),
    ])
    if (read.ok) throw new Error('Expected problems')
    const unknown = read.problems.find(({ path }) => path[0] === 4)
    expect(unknown?.message).toMatch(/to be "add" or "done" or .* or "edit", got "finish"$/)
    expect(new Set(read.problems.map(({ path }) => path[0]))).toEqual(new Set([1, 2, 3, 4, 5]))
  })

  test('stops at the first command that cannot be, and says which', () => {
    const result = run([...HISTORY, work('fix', 'OLD-F', '2026-10-09T11:00:00+09:00', { type: 'done' })])
    expect(result).toMatchObject({ ok: false, line: 8, problems: [{ code: 'FIX_STATE' }] })
  })
})

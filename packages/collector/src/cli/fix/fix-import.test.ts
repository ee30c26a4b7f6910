import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Router } from 'express'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { fixImportRoutes } from '../../http/api/fix-import-routes.ts'
import { workRoutes } from '../../http/api/work-routes.ts'
import { keepCommands } from '../../http/commanding.ts'
import { createFixImport } from '../../jobs/fix/import-fixes.ts'
import type { CommandLog } from '../../ports/command-log.ts'
import { createCommandLog } from '../../store/command-log.ts'
import { type OpenStore, openDatabase } from '../../store/database.ts'
import { runCli } from '../../testing/captured-io.ts'
import { transcriptOf, wordsOf } from '../../testing/transcript.ts'
import { openWorkDesk, tokyo, type WorkDesk } from '../../testing/work-desk.ts'
import { serveRoutes, type WorkServer } from '../../testing/work-server.ts'
import { fixCommand } from './fix.ts'

const GUIDE = new URL('../../../../../docs/guides/trackers.md', import.meta.url)
const NOW = tokyo('2026-10-20T13:05:00')

let desk: WorkDesk
let audit: OpenStore
let log: CommandLog
let server: WorkServer
let folder: string
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tabiji-csv-'))
  desk = openWorkDesk()
  const fixes = createFixImport({ store: desk.store, zone: () => 'Asia/Tokyo', now: () => NOW })
  audit = openDatabase(':memory:', 0)
  log = createCommandLog(audit.database)
  const routes = [keepCommands(log, () => NOW), fixImportRoutes(fixes), workRoutes(desk.work)]
  server = await serveRoutes(Router().use(...routes))
  desk.work.openIncident({
    type: 'open',
    title: 'Slow',
    level: 1,
    journeys: ['measure-feet'],
    episodes: [],
    drill: false,
  })
})
afterEach(async () => {
  await server.close()
  desk.close()
  audit.close()
  rmSync(folder, { recursive: true, force: true })
  expect(server.bugs).toEqual([])
})

const tabiji = (...words: readonly string[]) =>
  runCli([fixCommand], words, { env: { TABIJI_URL: server.url, TABIJI_BY: 'suzuki' } })

/** Takes a table in, as it stands in a file. */
async function take(text: string | Uint8Array, ...options: readonly string[]) {
  const file = join(folder, 'fixes.csv')
  writeFileSync(file, text)
  return tabiji('fix', 'import', file, ...options)
}
const fixOf = (key: string) => {
  const read = desk.work.fix(key)
  if (!read.ok) throw new Error(read.problems[0]?.message)
  return read.value
}
const count = () => desk.store.fixHistories().reduce((sum, { events }) => sum + events.length, 0)

test('every command of "From a spreadsheet" prints what the guide says', async () => {
  const [, section = ''] = readFileSync(GUIDE, 'utf8').split('\n## From a spreadsheet\n')
  const table = /```csv\n([\s\S]*?)```/.exec(section)?.[1] ?? ''
  const file = join(folder, '恒久対応.csv')
  // As Excel saves it: with a mark of its encoding, and Windows' ends of lines.
  writeFileSync(file, `\ufeff${table.replaceAll('\n', '\r\n')}`)
  const transcript = transcriptOf(section.split('\n## ')[0] ?? '')
  const really: string[] = []
  for (const line of transcript.filter((one) => one.startsWith('$ '))) {
    const words = wordsOf(line.slice(2)).map((word) => (word === '恒久対応.csv' ? file : word))
    const { exit, stdout, stderr } = await runCli([fixCommand], words, {
      env: { TABIJI_URL: server.url, TABIJI_BY: 'suzuki' },
    })
    expect([line, exit]).toEqual([line, 0])
    really.push(line, ...`${stdout}${stderr}`.trimEnd().split('\n'))
  }
  expect(transcript.filter((line) => line.startsWith('$ '))).toHaveLength(3)
  expect(really).toEqual(transcript)
})

describe('tabiji fix import', () => {
  const ROW = 'id,title,state,due,first due,created,done\n'

  test('keeps what the table tells of the past: the first promise, and when it was done', async () => {
    await take(`${ROW}7,Retry,done,2026-10-15,2026-10-05,2026-09-01,2026-10-10 14:30\n`)
    const { fix, transitions } = fixOf('FIX-0001')
    expect(fix).toMatchObject({ firstDue: '2026-10-05', due: '2026-10-15', postponements: 1, state: 'done' })
    expect(fix.doneAt).toBe('2026-10-10T14:30:00+09:00')
    expect(transitions[0]?.at).toBe('2026-09-01T00:00:00+09:00')
    const by = 'suzuki'
    expect(transitions).toMatchObject([
      { type: 'added', by },
      { type: 'moved', by },
      { type: 'done', by },
    ])
  })

  test('tells what is blocked and why, and what is not any more', async () => {
    const take2 = (...cells: readonly string[]) =>
      take(`id,title,state,保留理由\n${cells.map((cell, i) => `${i},Fix ${i},open,${cell}\n`).join('')}`)
    await take2('部品待ち', 'はい', '', 'いいえ')
    const blocked = () =>
      [1, 2, 3, 4].map((n) => fixOf(`FIX-000${n}`).fix.blocked?.reason ?? fixOf(`FIX-000${n}`).fix.blocked)
    expect(blocked()).toEqual(['部品待ち', { since: expect.any(String) }, undefined, undefined])
    const before = count()
    await take2('部品待ち', 'はい', '', 'いいえ')
    expect(count()).toBe(before)
    await take2('review', '', 'yes', '')
    expect(blocked()).toEqual(['review', undefined, { since: expect.any(String) }, undefined])
    // A table without the column says nothing of it.
    await take('id,title\n0,Fix 0\n')
    expect(blocked()[0]).toBe('review')
  })

  test('changes nothing the second time, and a later date is a postponement', async () => {
    const table = 'id,title,due\n7,Retry,2026-11-01\n8,"Alert, sooner",\n'
    await take(table)
    const before = count()
    expect((await take(table)).stdout).toBe('2 rows: 0 added, 0 changed, 2 as known\n')
    expect(count()).toBe(before)
    await take('id,title,due\n7,Retry,2026-11-15\n')
    expect(fixOf('FIX-0001').fix).toMatchObject({ firstDue: '2026-11-01', due: '2026-11-15', postponements: 1 })
  })

  test('counts what was done at its date although its owner changed too', async () => {
    await take('id,title,owner,due,created\n7,Retry,suzuki,2026-10-12,2026-10-01\n')
    await take('id,title,owner,due,created,done\n7,Retry,tanaka,2026-10-12,2026-10-01,2026-10-11\n')
    expect(fixOf('FIX-0001').fix).toMatchObject({ owner: 'tanaka', doneAt: '2026-10-11T00:00:00+09:00' })
  })

  test('leaves open what an incident has shown not to work, through the same file again', async () => {
    const table = 'id,title,state,cause\n7,Retry,完了,no-retry\n'
    await take(table)
    desk.at('2026-10-21T09:00:00')
    const causes = [{ id: 'no-retry', text: 'Nothing retries', bone: 'software' }] as const
    const caused = desk.work.changeIncident('INC-0001', { type: 'setCauses', causes })
    expect(caused.ok).toBe(true)
    expect(fixOf('FIX-0001').fix.state).toBe('open')
    await take(table)
    expect(fixOf('FIX-0001').fix.state).toBe('open')
  })

  test('records nothing with --dry-run', async () => {
    const { stdout, stderr } = await take('id,title\n7,Retry\n', '--dry-run')
    expect(stdout).toContain('1 row: would be 1 added, 0 changed, 0 as known')
    expect(stderr).toContain('nothing is recorded yet')
    expect(count()).toBe(0)
  })

  test('keeps no secret that somebody wrote into a cell, and loses no cell beside it', async () => {
    const table = 'id,title,state,備考\n7,再送 --password=hunter2,完了,"token: hunter2, ""old"""\n8,Fine,open,\n'
    expect((await take(table)).exit).toBe(0)
    expect(fixOf('FIX-0001').fix).toMatchObject({ title: '再送 --password=•••', state: 'done' })
    expect(fixOf('FIX-0002').fix.title).toBe('Fine')
    const written = log
      .list({ limit: 9 })
      .map(({ said }) => said)
      .join('\n')
    expect(written).toContain('再送 --password=•••,完了,')
    expect(written).toContain('8,Fine,open')
    expect(`${written}${JSON.stringify(desk.store.fixHistories())}`).not.toContain('hunter2')
    // The same again is the same.
    expect((await take(table)).stdout).toBe('2 rows: 0 added, 0 changed, 2 as known\n')
  })

  test('refuses a table that is full of secrets', async () => {
    const rows = Array.from({ length: 150 }, (_, i) => `${i},password=hunter${i}`)
    const { exit, stderr } = await take(`id,title\n${rows.join('\n')}\n`)
    expect([exit, count()]).toEqual([1, 0])
    expect(stderr).toContain('Expected a table of fixes, got secrets in more than a hundred of its cells')
    expect(stderr).not.toContain('hunter')
  })

  test('reads Shift_JIS, which Excel writes in Japan, and says so', async () => {
    // 件名 and 再送 as Windows-31J has them.
    const bytes = Buffer.concat([
      ...[Buffer.from('id,'), Buffer.from([0x8c, 0x8f, 0x96, 0xbc]), Buffer.from('\r\n7,')],
      ...[Buffer.from([0x8d, 0xc4, 0x91, 0x97]), Buffer.from('\r\n')],
    ])
    expect((await take(bytes)).stderr).toContain('read as Shift_JIS')
    expect(fixOf('FIX-0001').fix.title).toBe('再送')
    const { exit, stderr } = await take(Buffer.from([0x69, 0x64, 0xff, 0xfd, 0x0a]))
    expect([exit, stderr]).toEqual([1, expect.stringContaining('CSV UTF-8')])
  })

  test('finds everything that is wrong with its line and column, and takes in nothing', async () => {
    const table = [
      'id,title,state,due,incident,created,done,url',
      '1,Fine,open,2026-11-01,,,,',
      ',,"dne",11/12/2026,INC-0009,,,',
      '2,"two\nlines",open,2026-02-30,,2026-10-05,2026-10-04,javascript:alert(1)',
      '1,Again,open,,,,,,more',
      '3,Unknown,open,,INC-0009,,,',
    ].join('\r\n')
    const { exit, stdout, stderr } = await take(table)
    expect([exit, stdout]).toEqual([1, ''])
    expect(stderr.split('\n').filter((line) => line.startsWith('error'))).toEqual([
      'error: fixes.csv:3:1  Expected an `id`, got nothing',
      'error: fixes.csv:3:2  Expected a `title`, got nothing',
      'error: fixes.csv:3:3  Expected `state` to be a known one, got "dne"',
      'error: fixes.csv:3:9  Expected `due` to be a date as 2026-10-01 or 2026/10/1, got "11/12/2026"',
      'error: fixes.csv:5:13  Expected `due` to be a date as 2026-10-01 or 2026/10/1, got "2026-02-30"',
      'error: fixes.csv:5:36  Expected no date of `done` for an open fix',
      'error: fixes.csv:5:36  Expected `done` on or after `created` (2026-10-05), got 2026-10-04',
      'error: fixes.csv:5:47  Expected `url` to be an address as https://…',
      'error: fixes.csv:6:1  Expected each `id` once, got "1" again (see line 2)',
      'error: fixes.csv:6:19  Expected 8 columns, as in the first line, got more',
      'error: fixes.csv:7:17  Expected `incident` to be a known one, got "INC-0009"',
    ])
    expect(count()).toBe(0)
  })

  test.each([
    ['', 'error: fixes.csv:1:1  Expected a line with the names of columns, got an empty file'],
    ['title;id\n', 'error: fixes.csv:1:1  Expected a column `id`, got none\n  fix: it may be called `id`, '],
    ['titel,id\n', 'got none\n  fix: did you mean "titel"'],
    ['id,title,番号\n', 'error: fixes.csv:1:10  Expected one column for `id`, got "番号" as another'],
    ['id,title\n1,a\n1,b\n', 'error: fixes.csv:3:1  Expected each `id` once, got "1" again (see line 2)'],
    ['id,title\n1,"a\n', 'error: fixes.csv:2:1  Expected a table with commas: a double quote is never closed'],
    ['id,title\n1,a"b\n', 'error: fixes.csv:2:1  Expected a table with commas: Invalid Opening Quote'],
  ])('refuses %j', async (table, message) => {
    const { exit, stderr } = await take(table)
    expect(exit).toBe(1)
    expect(stderr).toContain(message)
  })
})

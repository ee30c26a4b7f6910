import { join } from 'node:path'
import { HAND_OVER_PATH } from '@tabiji/core/journey'
import type { Reading } from '@tabiji/core/ledger'
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { createApp, createLog } from '../../app/app.ts'
import { folderWith } from '../../config/testing/folder.ts'
import { AVAILABILITY, createShop, definitionOf } from '../../jobs/testing/books.ts'
import { openOn } from '../../jobs/testing/ledger-on-file.ts'
import { runCli } from '../../testing/captured-io.ts'
import { configIn } from '../../testing/config.ts'
import { EXIT } from '../terminal/exit.ts'
import { ledgerCommand } from './ledger.ts'

/** The command's clock stands at 09:00 in Tokyo on 2026-10-20. */
const NOW = Date.UTC(2026, 9, 20)
const SLOT = 15_000
const FILES = {
  'tabiji.yaml': 'journeys: journeys.yaml\nstore: tabiji.db\ntargets: []\n',
  'journeys.yaml': `timeZone: Asia/Tokyo
journeys:
  checkout:
    title: { en: Check out, ja: 購入 }
    objectives: { availability: 99 }
    steps: { cart: { http: 'GET /cart', within: 1s }, pay: { http: 'POST /orders', within: 1s } }
`,
}

let folder = ''
let file = ''
const run = (...words: string[]) =>
  runCli([ledgerCommand], ['ledger', ...words, '--config', join(folder, 'tabiji.yaml')])
const show = (...words: string[]) => run('show', 'checkout', '--from', '08:00', ...words)

beforeEach(() => {
  folder = folderWith(FILES)
  file = join(folder, 'tabiji.db')
})

/** Ten slots of a shop, each with 30 good events, and from the sixth on an error. */
function writeBooks(): ReturnType<typeof openOn> {
  const start = NOW - 20 * SLOT
  const open = openOn(file, start)
  const shop = createShop(start + 1)
  for (let slot = 1; slot <= 10; slot++) {
    const at = start + slot * SLOT
    open.ledger.book([shop(at, { pay: [30, 0, slot > 5 ? 1 : 0, 0], cart: [5, 0, 0, 0] })], at)
    open.ledger.checkpoint(at)
  }
  onTestFinished(open.close)
  return open
}

async function handOver(door: string, { speaker, at, steps }: Reading): Promise<void> {
  const iso = (ms: number) => new Date(ms).toISOString()
  const document = {
    ...{ schema: 'tabiji.hand-over/v1', processId: speaker.id, service: speaker.service },
    ...{ startedAt: iso(speaker.startedAt ?? at), at: iso(at), fingerprint: '0123456789abcdef', sdkVersion: '0.1.0' },
    steps: steps.map(({ journey, step, counts }) => ({ journey, step, counts })),
  }
  const headers = { 'content-type': 'application/json' }
  const answer = await fetch(door + HAND_OVER_PATH, { method: 'POST', headers, body: JSON.stringify(document) })
  expect(answer.status).toBe(200)
}

describe('tabiji ledger verify', () => {
  test('says what was compared, beside the one that writes', async () => {
    writeBooks()
    const { exit, stdout } = await run('verify')
    expect(exit).toBe(EXIT.fine)
    expect(stdout).toMatch(
      /^ {2}log +10 rows, 355 events\n[\s\S]*\n20 entries in 10 slots, 2 accounts, all totals agree\n$/,
    )
  })

  test('beside a daemon that has alerts to tell', async () => {
    const definition = definitionOf(AVAILABILITY)
    const clock = { now: NOW }
    const target = { service: 'shop', url: 'http://127.0.0.1:9/metrics', intervalMs: SLOT, timeoutMs: 1_000 }
    const hook = { name: 'hook', kind: 'slack', url: () => 'http://127.0.0.1:9/' } as const
    const config = configIn(folder, { targets: [target], receivers: [hook], routes: { 1: ['hook'], 2: [], 3: [] } })
    const app = createApp(config, definition, {
      now: () => clock.now,
      log: createLog('silent'),
      loadDefinition: () => ({ ok: true, definition }),
    })
    onTestFinished(() => app.stop())
    const shop = createShop(NOW + 1)
    const { ingest } = await app.open()
    for (let slot = 0; slot < 8; slot++) {
      clock.now += SLOT
      await handOver(ingest, shop(clock.now, { pay: [10, 0, 10, 0] }))
      app.turns.evaluate()
    }
    const { exit, stdout } = await run('verify', '--json')
    expect(exit).toBe(EXIT.fine)
    expect(JSON.parse(stdout)).toMatchObject({
      agrees: true,
      events: 160,
      alerts: 6,
      notifications: 1,
      disagreements: [],
    })
  })

  test('tells account, slot and both numbers of what does not agree', async () => {
    const { database } = writeBooks()
    database.exec("UPDATE edge SET body = CAST(x'07' || substr(body, 2) AS BLOB) WHERE name = 'total'")
    const { exit, stdout } = await run('verify')
    expect(exit).toBe(EXIT.no)
    expect(stdout).toMatch(/edge total +checkout\/cart at shop +whole log +good +50 +7\n/)
    expect(stdout).toMatch(/20 entries in 10 slots, 2 accounts: 1 disagreement\n$/)
    const { stdout: json } = await run('verify', '--json')
    expect(JSON.parse(json)).toMatchObject({
      agrees: false,
      disagreements: [
        { kind: 'edge', subject: 'total', measure: 'good', log: 50, saved: 7, account: { step: 'cart' } },
      ],
    })
  })

  test('takes a store without a configuration, and tells its times in UTC', async () => {
    const { database } = writeBooks()
    database.exec('UPDATE log SET slot = slot + 1 WHERE id = 3')
    const { exit, stdout } = await runCli([ledgerCommand], ['ledger', 'verify', '--store', file])
    expect([exit, stdout]).toEqual([
      EXIT.no,
      expect.stringMatching(/no multiple of it \(slot 2026-10-19T23:55:46\+00:00\)/),
    ])
  })

  test('cannot read what is no store', async () => {
    const nothing = await runCli([ledgerCommand], ['ledger', 'verify', '--store', join(folder, 'nothing.db')])
    const other = await runCli([ledgerCommand], ['ledger', 'verify', '--store', join(folder, 'tabiji.yaml'), '--json'])
    expect([nothing.exit, nothing.stderr]).toEqual([EXIT.usage, expect.stringContaining('no such file')])
    expect([other.exit, JSON.parse(other.stderr)]).toMatchObject([EXIT.usage, { error: { code: 'STORE_NOT_OURS' } }])
  })
})

describe('tabiji ledger show', () => {
  test('lists entries and adds them up, and the evaluator has the same', async () => {
    writeBooks()
    const { exit, stdout } = await show('--step', 'pay', '--to', '08:57')
    expect(exit).toBe(EXIT.fine)
    expect(stdout).toMatch(
      /^2026-10-20T08:56:30\+09:00 +15s +pay +shop +own +30 +0 +1 +0 +covered +2026-10-20T08:56:30\+09:00$/m,
    )
    expect(stdout).toMatch(
      /^7 entries of slots that begin in 2026-10-20T08:00:00\+09:00 to 2026-10-20T08:57:00\+09:00$/m,
    )
    expect(stdout).toMatch(
      /^pay +shop +own +210 +0 +2 +0 +105s\nthe evaluator has the same numbers for this stretch\n$/m,
    )
  })

  test('cuts the list and not the sums', async () => {
    writeBooks()
    const { stdout } = await show('--limit', '3')
    expect(stdout).toMatch(/20 entries .*; the first 3 are shown \(--limit\)/)
    expect(stdout).toMatch(/all own +350 +0 +5 +0\n/)
    expect(stdout.match(/covered/g)).toHaveLength(3)
  })

  test('takes a date whole, and a time with an offset', async () => {
    writeBooks()
    const day = await run('show', 'checkout', '--from', '2026-10-20', '--to', '2026-10-20', '--json')
    expect(JSON.parse(day.stdout)).toMatchObject({
      count: 20,
      from: '2026-10-20T00:00:00+09:00',
      to: '2026-10-21T00:00:00+09:00',
    })
    const exact = await run('show', 'checkout', '--from', '2026-10-19T23:57:00Z', '--json')
    expect(JSON.parse(exact.stdout)).toMatchObject({ count: 6, agrees: true })
  })

  test('gives scripts every number', async () => {
    writeBooks()
    const { stdout } = await show('--step', 'pay', '--json')
    const { entries, sums } = JSON.parse(stdout)
    expect(entries[9]).toEqual({
      ...{ slot: '2026-10-20T08:57:30+09:00', widthSeconds: 15, step: 'pay', service: 'shop', role: 'own', row: 10 },
      ...{ good: 30, slow: 0, error: 1, excluded: 0, covered: true, placed: false, reversal: false },
      committedAt: '2026-10-20T08:57:30+09:00',
    })
    const sum = { good: 300, slow: 0, error: 5, excluded: 0, coveredSeconds: 150 }
    expect(sums).toEqual([{ step: 'pay', service: 'shop', role: 'own', ...sum, evaluator: sum }])
  })

  test('gives a spreadsheet rows alone', async () => {
    writeBooks()
    const { stdout, stderr } = await show('--csv', '--step', 'pay')
    const lines = stdout.trimEnd().split('\n')
    expect([lines.length, lines[10]]).toEqual([
      11,
      '2026-10-20T08:57:30+09:00,15,pay,shop,own,30,0,1,0,1,0,0,2026-10-20T08:57:30+09:00,10',
    ])
    expect(stderr).toContain('the evaluator has the same numbers')
  })

  test('says no when the evaluator has other numbers', async () => {
    const { database, ledger } = writeBooks()
    ledger.checkpoint(NOW + 86_400_000)
    database.exec(
      "UPDATE point SET body = CAST(x'07' || substr(body, 2) AS BLOB) WHERE at = (SELECT max(at) FROM point)",
    )
    const { exit, stdout } = await run('show', 'checkout', '--from', '08:00', '--to', '2026-10-22')
    expect([exit, stdout]).toEqual([EXIT.no, expect.stringMatching(/the evaluator has 7 0 0 0 150 for cart at shop/)])
  })

  test('begins where entries are still kept, and verifies from there', async () => {
    const open = writeBooks()
    const from = (NOW - 15 * SLOT) / 1000
    open.store.savePoint(open.ledger.pointAt(from))
    open.database.exec(`DELETE FROM point WHERE at < ${from}; DELETE FROM log WHERE slot < ${from};
      INSERT INTO meta VALUES ('kept_from', '${from}')`)
    const shown = await show('--step', 'pay')
    expect([shown.exit, shown.stdout]).toEqual([
      EXIT.fine,
      expect.stringMatching(
        /begin in 2026-10-20T08:56:15\+09:00 to .*\nolder entries were let go[\s\S]*\npay +shop +own +180 /,
      ),
    ])
    const verified = await run('verify')
    expect([verified.exit, verified.stdout]).toEqual([
      EXIT.fine,
      expect.stringMatching(/355 events[\s\S]*before 2026-10-20T08:56:15\+09:00 were let go[\s\S]*all totals agree\n$/),
    ])
  })

  test.each([
    [['show', 'chekout'], EXIT.no, 'did you mean "checkout"?'],
    [['show', 'checkout', '--step', 'pey'], EXIT.no, 'did you mean "pay"?'],
    [['show', 'checkout', '--service', 'other'], EXIT.no, 'known: shop'],
    [['show', 'checkout', '--from', 'noon'], EXIT.usage, 'got "noon"'],
    [['show', 'checkout', '--from', '09:30'], EXIT.usage, 'to be before `--to`'],
    [['show', 'checkout', '--limit', '0'], EXIT.usage, 'whole number'],
    [['show', 'checkout', '--csv', '--json'], EXIT.usage, '`--csv` or `--json`'],
  ])('refuses %j', async (words, code, said) => {
    writeBooks()
    const { exit, stderr } = await run(...words)
    expect([exit, stderr]).toEqual([code, expect.stringContaining(said)])
  })

  test('prints hostile names harmlessly, and marks made-up data', async () => {
    const { database } = writeBooks()
    database.prepare('UPDATE account SET service = ?').run('"sh\u001b[31m,op\u202e')
    database.exec("INSERT INTO meta VALUES ('sample', '1')")
    for (const words of [
      ['show', 'checkout'],
      ['show', 'checkout', '--csv'],
      ['verify'],
      ['accounts'],
      ['processes'],
    ]) {
      const { stdout, stderr } = await run(...words)
      expect(`${stdout}${stderr}`.toUpperCase(), words.join(' ')).toContain('SAMPLE DATA')
    }
  })
})

test('tabiji ledger accounts and processes list who was heard', async () => {
  writeBooks()
  expect((await run('accounts')).stdout).toMatch(/^1 +checkout +pay +shop +own +300 +0 +5 +0$/m)
  const { stdout } = await run('processes')
  expect(stdout).toMatch(
    /^shop-1 +shop +2026-10-20 08:55 \+09:00 +2026-10-20 08:57 \+09:00 +whole +checkout\/cart 50 0 0 0, checkout\/pay 300 0 5 0$/m,
  )
})

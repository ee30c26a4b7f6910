import { closeSync, copyFileSync, mkdtempSync, openSync, rmSync, statSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openOn, podOf, START } from '../../../packages/collector/src/jobs/testing/ledger-on-file.ts'
import { audited } from '../../../packages/collector/src/testing/audit.ts'

const HOUR = 3_600_000
const DAYS = 4

/** Four days of two processes and an older one without an id; then some readings after the last checkpoint. */
function writeBooks(file: string): void {
  const { ledger, close } = openOn(file)
  const counts = (good: number) => [good, Math.floor(good / 2), Math.floor(good / 5), 0] as const
  const steps = (good: number, step = 'upload') =>
    [{ journey: 'measure-feet', step, role: 'own', counts: counts(good) }] as const
  const book = (quarter: number) => {
    const at = START + quarter * (HOUR / 4)
    const readings = ['pod-1', 'pod-2'].map((id) => ({ speaker: podOf(id), at, steps: steps(quarter * 10) }))
    const older = { id: 'http://10.0.0.1/metrics', identified: false, service: 'proxy' }
    ledger.book([...readings, { speaker: older, at, steps: steps(1_000 + quarter, 'start') }], at)
    return at
  }
  for (let quarter = 1; quarter < DAYS * 96; quarter++) {
    const at = book(quarter)
    ledger.windowEdge(HOUR, at)
    if (quarter % 24 === 0) ledger.checkpoint(at)
  }
  for (let quarter = DAYS * 96; quarter < DAYS * 96 + 4; quarter++) book(quarter)
  close()
}

/** A row that an hour is told in, long before the last checkpoint. */
const OLD = 'SELECT min(id) + 500 FROM log'
const NEWEST = 'SELECT max(id) FROM log'
const TOTAL = "name = 'total'"
const LAST_BYTE = 'CAST(substr(body, 1, length(body) - 1) || x'

describe('damage is found:', () => {
  let healthy = ''
  let folder = ''

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'tabiji-'))
    healthy = join(folder, 'healthy.db')
    writeBooks(healthy)
  })

  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  test('none where there is none', () => {
    const { disagreements, ...compared } = audited(healthy)
    expect(disagreements).toEqual([])
    expect(compared).toMatchObject({ accounts: 2, edges: 2, points: DAYS + 1, positions: 3 })
  })

  test.each([
    [
      'a count in a body of the log',
      `UPDATE log SET body = ${LAST_BYTE}'07' AS BLOB) WHERE id = (${OLD})`,
      /^(position|edge total|point)/,
    ],
    [
      'a count in the newest row',
      `UPDATE log SET body = CAST(substr(body, 1, 2) || x'07' || substr(body, 4) AS BLOB) WHERE id = (${NEWEST})`,
      /^position processes/,
    ],
    [
      'an entry that is said of another account',
      `UPDATE log SET body = CAST(x'01' || substr(body, 2) AS BLOB) WHERE id = (${OLD})`,
      /^edge total/,
    ],
    [
      'half a body',
      `UPDATE log SET body = substr(body, 1, 2) WHERE id = (${OLD})`,
      /^log row \d+: .*cannot be read: it ends inside an entry/,
    ],
    ['a missing row', `DELETE FROM log WHERE id = (${OLD})`, /^edge total: total has \d+ good .* the log comes to \d+/],
    [
      'a missing row that no saved sum knows yet',
      `DELETE FROM log WHERE id = (${NEWEST}) - 1`,
      /^log rows .*: 1 of the log's rows/,
    ],
    [
      'a missing end of the log',
      'DELETE FROM log WHERE id >= (SELECT up_to FROM edge LIMIT 1)',
      /^edge total: .*the log ends at row/,
    ],
    [
      'a row that is there twice',
      `INSERT INTO log (slot, width, committed_at, body) SELECT slot, width, committed_at, body FROM log WHERE id = (${OLD})`,
      /^position processes: .*the log comes to/,
    ],
    [
      'a slot that is read twice',
      `INSERT INTO log (slot, width, committed_at, body) VALUES (${START / 1000 + 9_000}, 15, ${START + DAYS * 24 * HOUR}, x'0010'), (${START / 1000 + 9_000}, 15, ${START + DAYS * 24 * HOUR}, x'0010')`,
      /says a second time that the slot was read/,
    ],
    ['a row in another slot', `UPDATE log SET slot = slot - 86400 WHERE id = (${OLD})`, /^point daily point: /],
    ['a slot that is on no grid', `UPDATE log SET slot = slot + 1 WHERE id = (${OLD})`, /no multiple of it/],
    [
      'a slot of the future',
      `UPDATE log SET slot = slot + 864000 WHERE id = (${NEWEST})`,
      /begins after it was committed/,
    ],
    ['a saved total', `UPDATE edge SET body = CAST(x'7f' || substr(body, 2) AS BLOB) WHERE ${TOTAL}`, /^edge total: /],
    [
      'a saved window edge',
      `UPDATE edge SET body = CAST(x'7f' || substr(body, 2) AS BLOB) WHERE NOT ${TOTAL}`,
      /^edge window 3600000: /,
    ],
    [
      'a saved edge that is cut short',
      `UPDATE edge SET body = substr(body, 1, length(body) - 1) WHERE ${TOTAL}`,
      /^edge total: total is cut short/,
    ],
    ['an edge that is moved', `UPDATE edge SET at = at - 86400 WHERE NOT ${TOTAL}`, /^edge window 3600000: /],
    [
      'a daily point',
      `UPDATE point SET body = CAST(x'7f' || substr(body, 2) AS BLOB) WHERE at = (SELECT max(at) FROM point)`,
      /^point daily point: /,
    ],
    [
      'a position',
      "UPDATE process SET counts = CAST(x'0001' || substr(counts, 4) AS BLOB) WHERE id = 'pod-1'",
      /^position/,
    ],
    ['a lost position', "DELETE FROM process WHERE id = 'pod-1'", /^position processes: /],
    [
      'a position of another service',
      "UPDATE process SET service = 'other' WHERE id = 'pod-1'",
      /^position pod-1: .* is of other/,
    ],
    ['a lost account', 'DELETE FROM account WHERE number = 1', /tells of account 1, which is not known/],
    ['a renumbered account', 'UPDATE account SET number = 7 WHERE number = 1', /^account account 7: .* should have 1/],
    [
      'a notification of no alert',
      `INSERT INTO outbox (number, id, topic, receiver, kind, level, facts, verdicts, created_at, not_before, state, attempts, ambiguous, degraded, last_error, instead_of) VALUES (1, 'n-1', 'A-0001', 'chat', 'trigger', 1, '{}', '[]', 0, 0, 'waiting', 0, 0, 0, NULL, NULL)`,
      /^outbox n-1: .*A-0001, which is not known/,
    ],
    [
      'two open alerts of one rule',
      `DROP INDEX episode_open; INSERT INTO episode VALUES ('A-0001', 1, 'r', 1, 'firing', 0, '{"state":"firing"}', '{}'), ('A-0002', 2, 'r', 1, 'acked', 0, '{"state":"acked"}', '{}')`,
      /^episode A-0002: .*open beside A-0001/,
    ],
    [
      'an alert in an unknown state',
      `INSERT INTO episode VALUES ('A-0001', 1, 'r', 1, 'lost', 0, '{"state":"lost"}', '{}')`,
      /^episode A-0001: .*unknown state lost/,
    ],
    [
      'an alert of two states',
      `INSERT INTO episode VALUES ('A-0001', 1, 'r', 1, 'closed', 0, '{"state":"firing"}', '{}')`,
      /^episode A-0001: .*kept as closed, and says of itself firing/,
    ],
  ])('%s', (_, damage, expected) => {
    const file = join(folder, 'damaged.db')
    copyFileSync(healthy, file)
    const { database, close } = openOn(file)
    database.pragma('foreign_keys = OFF')
    database.exec(damage)
    expect(database.prepare('SELECT total_changes()').pluck().get()).toBeGreaterThan(0)
    close()
    const { disagreements, found } = audited(file)
    const lines = disagreements.map(({ kind, subject, message }) => `${kind} ${subject}: ${message}`)
    expect(found).toBeGreaterThan(0)
    expect(lines.filter((line) => expected.test(line)).length, lines.join('\n')).toBeGreaterThan(0)
  })

  test('bytes of the file itself', () => {
    const file = join(folder, 'scratched.db')
    copyFileSync(healthy, file)
    const [middle, page] = [Math.floor(statSync(file).size / 8_192) * 4_096, Buffer.alloc(4_096, 0xa5)]
    const handle = openSync(file, 'r+')
    writeSync(handle, page, 0, page.length, middle)
    closeSync(handle)
    const { disagreements, found } = audited(file)
    expect(found).toBeGreaterThan(0)
    expect(disagreements[0]).toMatchObject({ kind: 'file' })
  })
})

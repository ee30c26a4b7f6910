import { mkdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { DAY } from '@tabiji/core/time'
import { expect, onTestFinished, test } from 'vitest'
import { JOURNEYS } from '../../config/testing/folder.ts'
import { openOn, podOf } from '../../jobs/testing/ledger-on-file.ts'
import { check, checkAt } from '../../testing/check.ts'

const NOW = Date.parse('2026-11-20T12:00:00Z')
const CONFIG = `journeys: journeys.yaml
store: tabiji.db
receivers: [{ name: pager, kind: pagerduty, routingKeyEnv: PAGERDUTY_KEY }, { name: chat, kind: slack, urlEnv: HOOK_URL }]
routes: { page: [pager], ticket: [chat], notice: [chat] }
`
const promise = (objective: string) => JOURNEYS.replace('availability: 99.9', `availability: ${objective}`)
const pairs = (pair: string, window = '30d') =>
  promise(`{ target: 99, window: ${window}, policy: { pairs: [${pair}], milestones: [] } }`)

/** A store that was born so many days ago and has seen so many events of the step since then. */
const booked = (events: number, days: number) => (folder: string) => {
  const open = openOn(join(folder, 'tabiji.db'), NOW - days * DAY)
  const counts = [events, 0, 0, 0] as const
  const steps = [{ journey: 'view-result', step: 'read', role: 'own', counts }] as const
  const at = NOW - days * DAY + 60_000
  open.ledger.book([{ speaker: podOf('one', at - 1), at, steps }], at)
  open.close()
}

/** Codes and severities of what is found, with the messages. */
async function found(checked: ReturnType<typeof check>) {
  const { problems } = JSON.parse((await checked).printed) as {
    problems: readonly { code: string; severity: string; message: string; hint?: string; at?: { line: number } }[]
  }
  return problems
}

test.each([
  ['a factor that not even a total outage reaches', promise('90'), 'BUDGET_NEVER_RINGS', /more than 14\.4/],
  [
    'a factor below 1',
    pairs('{ level: 1, long: 1h, short: 5m, factor: 0.5 }'),
    'BUDGET_RINGS_WHILE_MET',
    /its factor is 0\.5/,
  ],
  [
    'a level that rings after all is lost',
    pairs('{ level: 2, long: 6h, short: 30m, factor: 6 }', '1d'),
    'BUDGET_RINGS_TOO_LATE',
    /150 % of it/,
  ],
  ['no owner', JOURNEYS.replace(/ +owner: .*\n/, ''), 'JOURNEYS_NO_OWNER', /the team that answers/],
  ['no runbook', JOURNEYS.replace(/ +runbook: .*\n/, ''), 'JOURNEYS_NO_RUNBOOK', /the address of a runbook/],
])('%s is warned of', async (_, journeys, code, message) => {
  expect(await found(check({ 'journeys.yaml': journeys }, '--json'))).toContainEqual(
    expect.objectContaining({ code, severity: 'warning', message: expect.stringMatching(message) }),
  )
})

test('a journey that pages of the folders are written for lacks no runbook', async () => {
  const bare = JOURNEYS.replace(/ +runbook: .*\n/, '')
  const files = {
    'tabiji.yaml': `${CONFIG}runbooks: [{ address: 'https://wiki.example/r', folder: r }]\n`,
    'journeys.yaml': bare,
  }
  const codes = async (front: string) => {
    const write = (folder: string) => {
      mkdirSync(join(folder, 'r'))
      writeFileSync(join(folder, 'r', 'page.md'), `---\n${front}\n---\n# What to do\n`)
    }
    return (await found(checkAt(NOW, write, files, '--json'))).map(({ code }) => code)
  }
  expect(await codes('journey: view-result')).not.toContain('JOURNEYS_NO_RUNBOOK')
  expect(await codes('journey: another')).toContain('JOURNEYS_NO_RUNBOOK')
})

const TRAFFIC = [
  [999, ['BUDGET_TOO_STRICT', 'BUDGET_NEVER_PROVEN']],
  [1_000, ['BUDGET_NEVER_PROVEN']],
  // Three in an hour: as many as the guard wants.
  [2_160, []],
  [100_000, []],
] as const

test.each(TRAFFIC)('%d events in 30 days, as booked', async (events, codes) => {
  const files = { 'tabiji.yaml': CONFIG, 'journeys.yaml': JOURNEYS }
  const problems = await found(checkAt(NOW, booked(events, 30), files, '--json'))
  expect(problems.map(({ code }) => code)).toEqual(codes)
  expect(problems.map(({ severity }) => severity)).toEqual(problems.map(() => 'warning'))
})

test('a stated rate says it where nothing is booked, and the books go first', async () => {
  const files = { 'tabiji.yaml': CONFIG, 'journeys.yaml': JOURNEYS }
  const [stated] = await found(check({ 'journeys.yaml': JOURNEYS }, '--json', '--rate', '33/d'))
  expect(stated).toMatchObject({
    code: 'BUDGET_TOO_STRICT',
    message: 'A target of 99.9 % is stricter than the traffic: of about 990 events in 30d not even one may be bad',
    hint: 'the strictest target that allows one is 99.8989 %; or use a longer window',
    at: { line: 8 },
  })
  expect(await found(check({ 'journeys.yaml': JOURNEYS }, '--json', '--rate', '10/s'))).toEqual([])
  expect(await found(checkAt(NOW, booked(1_000_000, 30), files, '--json', '--rate', '1/d'))).toEqual([])
  await expect(check({ 'journeys.yaml': JOURNEYS }, '--rate', 'many')).rejects.toThrow('such as 500/d')
})

test('a window that is longer than the books is warned of once, and hours of traffic are not taken for days', async () => {
  const files = { 'tabiji.yaml': CONFIG, 'journeys.yaml': JOURNEYS }
  const problems = await found(checkAt(NOW, booked(10, 0.5), files, '--json'))
  expect(problems).toMatchObject([
    {
      code: 'CHECK_BOOKS_YOUNGER',
      severity: 'warning',
      message: 'The window of 30d is longer than what is stored: the books begin at 2026-11-20T09:00:00+09:00',
    },
  ])
})

test('a store that cannot be read is told, and nothing is guessed', async () => {
  const files = { 'tabiji.yaml': CONFIG, 'journeys.yaml': JOURNEYS, 'tabiji.db': 'no database' }
  expect(await found(check(files, '--json'))).toMatchObject([{ code: 'CHECK_STORE_NOT_READ', severity: 'warning' }])
})

async function startTarget(edges: readonly string[]): Promise<string> {
  const lines = edges.map(
    (le) => `journey_step_duration_seconds_bucket{journey="view-result",step="read",le="${le}"} 1\n`,
  )
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'text/plain; version=0.0.4')
    response.end(lines.join(''))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  return `${CONFIG}targets: [{ service: app, url: 'http://127.0.0.1:${(server.address() as AddressInfo).port}/metrics' }]\n`
}

test('a promised time that is no edge of a running service is named with the nearest two', async () => {
  const config = await startTarget(['0.1', '0.25', '0.5', '1', '+Inf'])
  const files = { 'tabiji.yaml': config, 'journeys.yaml': JOURNEYS }
  expect(await found(check(files, '--json', '--live'))).toMatchObject([
    {
      code: 'BUDGET_NO_EDGE',
      severity: 'warning',
      message: expect.stringMatching(/^The promised time of 300ms is no edge .*: the nearest are 250ms and 500ms$/),
      hint: 'add a bucket with le="0.3" there, or promise a time that is one',
      at: { line: 9 },
    },
  ])
  expect(await found(check(files, '--json'))).toEqual([])
  const right = await startTarget(['0.25', '0.3', '0.5', '+Inf'])
  expect(await found(check({ ...files, 'tabiji.yaml': right }, '--json', '--live'))).toEqual([])
  const gone = `${CONFIG}targets: [{ service: app, url: 'http://127.0.0.1:9/metrics' }]\n`
  expect(await found(check({ ...files, 'tabiji.yaml': gone }, '--json', '--live'))).toMatchObject([
    { code: 'CHECK_TARGET_NOT_READ', severity: 'warning' },
  ])
})

import { expect, test } from 'vitest'
import { CONFIG, JOURNEYS, SECRETS } from '../config/testing/folder.ts'
import { check } from '../testing/check.ts'

const SOUND = { 'tabiji.yaml': CONFIG, 'journeys.yaml': JOURNEYS, ...SECRETS }

test('a sound configuration and its journeys file say what rings when', async () => {
  const { exit, printed } = await check(SOUND)
  expect(exit).toBe(0)
  expect(printed).toBe(`No problems in tabiji.yaml, journeys.yaml.

view-result
  availability 99.9 % over 30d
    level 1 rings after 2.0 % of the 30-day budget is spent within 1 h, at 14.4 times the sustainable speed: more than 1.44 % bad events
    level 1 rings after 5.0 % of the 30-day budget is spent within 6 h, at 6 times the sustainable speed: more than 0.6 % bad events
    level 2 rings after 10.0 % of the 30-day budget is spent within 1 d, at 3 times the sustainable speed: more than 0.3 % bad events
    level 2 rings after 10.0 % of the 30-day budget is spent within 3 d, at 1 times the sustainable speed: more than 0.1 % bad events
    level 3 is told when more than 50, 75, 90 and 100 % of the budget is spent
    no pair rings with fewer than 3 bad events in the long window, or below 95 % confidence
    a level resolves after 5 min below half of its factors
`)
})

test('without a configuration the journeys file is checked alone', async () => {
  const { exit, printed } = await check({ 'journeys.yaml': JOURNEYS })
  expect(exit).toBe(0)
  expect(printed).toContain('No problems in journeys.yaml.')
})

test('six mistakes give six messages with line and column, and exit 1', async () => {
  const six = JOURNEYS.replace('Asia/Tokyo', 'Asia/Tokio')
    .replace('write: 1s', 'write: 1 second')
    .replace('owner', 'ownr')
    .replace('https://runbooks', 'runbooks')
    .replace('99.9', '100')
    .replace('within: read', 'within: reed')
  const { exit, printed } = await check({ 'journeys.yaml': six }, 'journeys.yaml')
  expect(exit).toBe(1)
  expect(printed.match(/^journeys\.yaml:\d+:\d+ {2}error/gm)).toEqual([
    'journeys.yaml:1:11  error',
    'journeys.yaml:2:32  error',
    'journeys.yaml:6:5  error',
    'journeys.yaml:7:14  error',
    'journeys.yaml:8:33  error',
    'journeys.yaml:9:57  error',
  ])
  expect(printed).toContain('      |     ^^^^\n    fix: did you mean "owner"?\n')
  expect(printed).toMatch(/\n6 errors in 1 file\. Nothing was loaded\.\n$/)
})

test('mistakes in the configuration and in its journeys file are told together', async () => {
  const files = {
    ...SOUND,
    'tabiji.yaml': CONFIG.replace('language: ja', 'language: de'),
    'journeys.yaml': JOURNEYS.replace('99.9', '100'),
  }
  const { exit, printed } = await check(files)
  expect(exit).toBe(1)
  expect(printed).toContain('tabiji.yaml:3:11  error')
  expect(printed).toContain('journeys.yaml:8:33  error')
  expect(printed).toContain('2 errors in 2 files.')
})

test('windows are compared with the slots of the configuration', async () => {
  const files = {
    ...SOUND,
    'tabiji.yaml': CONFIG.replace('width: 15s', 'width: 10m').replace('width: 1m', 'width: 20m'),
  }
  const { exit, printed } = await check(files)
  expect(exit).toBe(1)
  expect(printed).toContain('Expected every window to be at least one slot of the ledger (10m), got 5m')
})

test('90 % cannot ring at 14.4 times: a warning, that fails with --strict', async () => {
  const files = { 'journeys.yaml': JOURNEYS.replace('99.9', '90') }
  expect(await check(files)).toMatchObject({
    exit: 0,
    printed: expect.stringContaining('the highest factor that can be exceeded is 9.999'),
  })
  expect((await check(files, '--strict')).exit).toBe(1)
  expect((await check(SOUND, '--strict')).exit).toBe(0)
})

test('a file that cannot be read ends with 2, after all that can be said about the others', async () => {
  expect((await check({})).exit).toBe(2)
  const { exit, printed } = await check(
    { ...SOUND, 'journeys.yaml': JOURNEYS.replace('99.9', '100') },
    'none.yaml',
    'journeys.yaml',
  )
  expect(exit).toBe(2)
  expect(printed).toContain('Expected none.yaml to be a file that can be read (ENOENT)')
  expect(printed).toContain('journeys.yaml:8:33  error')
})

test('a journeys file that the configuration names but that is not there ends with 2', async () => {
  const { 'journeys.yaml': _, ...files } = SOUND
  const { exit, printed } = await check(files)
  expect(exit).toBe(2)
  expect(printed).toContain('Expected journeys.yaml to be a file that can be read')
})

test('a path relative to the configuration is told relative to where one stands', async () => {
  const files = { 'etc/tabiji.yaml': 'journeys: ../j/journeys.yaml\nstore: s.db\n', 'j/journeys.yaml': 'x: [' }
  expect((await check(files, 'etc/tabiji.yaml')).printed).toContain('j/journeys.yaml:1:')
})

test('the lines that are shown hold no secret', async () => {
  const text = CONFIG.replace('urlFile: secrets/slack', 'url: https://hooks.slack.example/LEAKED').replace(
    'ticket: [chat]',
    'ticket: [caht]',
  )
  for (const written of [text, `${text}x: "`]) {
    const { exit, printed } = await check({ ...SOUND, 'tabiji.yaml': written })
    expect(exit).toBe(1)
    expect(printed).not.toContain('LEAKED')
  }
})

test('--json prints one document with everything', async () => {
  const { printed } = await check({ ...SOUND, 'journeys.yaml': JOURNEYS.replace('99.9', '90') }, '--json')
  expect(JSON.parse(printed)).toMatchObject({
    ok: true,
    files: [
      { file: 'tabiji.yaml', kind: 'configuration' },
      { file: 'journeys.yaml', kind: 'journeys', fingerprint: expect.stringMatching(/^[0-9a-f]{16}$/) },
    ],
    problems: [{ code: 'BUDGET_NEVER_RINGS', severity: 'warning', at: { file: 'journeys.yaml', line: 8 } }],
    objectives: [
      {
        journey: 'view-result',
        objective: 'availability',
        targetPpm: 900_000,
        rings: [{ level: 1, longMs: 3_600_000, possible: false }, { possible: true }, {}, {}],
        sentences: { length: 7 },
      },
    ],
  })
  expect(JSON.parse((await check({ 'journeys.yaml': '{' }, '--json')).printed)).toMatchObject({
    ok: false,
    files: [{ kind: 'unclear' }],
  })
})

test('a file is checked once', async () => {
  expect(
    (await check(SOUND, 'tabiji.yaml', 'journeys.yaml', './journeys.yaml')).printed.match(/^view-result$/gm),
  ).toHaveLength(1)
})

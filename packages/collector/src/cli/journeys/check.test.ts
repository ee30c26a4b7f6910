import { expect, test } from 'vitest'
import { CONFIG, JOURNEYS, SECRETS } from '../../config/testing/folder.ts'
import { check } from '../../testing/check.ts'

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
  simple rules
    excluded > 50 % in 15m (every journey has it): level 3 rings when more than 50 % of at least 20 events were excluded within 15 min
    target absent for 1h (staleAfter): level 2 rings when nothing could be read of a service that feeds it for more than 1 h
`)
})

const RULES = `    alerts:
      errors > 10 in 5m: 1
      no events for 15m: { level: 2, name: quiet, note: Is the shop open? }
      slow > 5 % for 10m: { level: 2, atLeast: 20 }
      events < 3 in 1h: 3
      target absent for 5m: 1
      excluded: false
    objectives`

test('simple rules are told in words, and for machines', async () => {
  const files = { ...SOUND, 'journeys.yaml': JOURNEYS.replace('    objectives', RULES) }
  expect((await check(files)).printed.split('  simple rules\n')[1]?.split('\n')).toEqual([
    '    errors > 10 in 5m: level 1 rings at the 11th failed event within 5 min',
    '    no events for 15m: level 2 rings when no event came within 15 min and all of it was read',
    '    slow > 5 % for 10m: level 2 rings when more than 5 % of at least 20 events were slow within 5 min, at every evaluation for 10 min',
    '    events < 3 in 1h: level 3 rings when fewer than 3 events came within 1 h and all of it was read',
    '    target absent for 5m: level 1 rings when nothing could be read of a service that feeds it for more than 5 min',
    '',
  ])
  const { rules } = JSON.parse((await check(files, '--json')).printed) as { rules: readonly object[] }
  expect(rules).toHaveLength(5)
  expect(rules[1]).toEqual({
    journey: 'view-result',
    rule: 'view-result/alerts/quiet',
    level: 2,
    condition: 'no events for 15m',
    isDefault: false,
    sentence: 'level 2 rings when no event came within 15 min and all of it was read',
  })
})

test('a mistake in a condition is told at the column where it stands, whether it is quoted or not', async () => {
  const rules = `    alerts:
      errors > ten in 5m: 1
      "slow > 5 % over 10m": 2
      eror > 1 in 5m: { level: 4 }
      events < 3 in 1h: { level: 1, atLeast: 3 }
      errors > 5 in 1h: { level: 1, name: same }
      errors > 6 in 1h: { level: 1, name: same }
      events: false
    objectives`
  const { exit, printed } = await check({ 'journeys.yaml': JOURNEYS.replace('    objectives', rules) }, 'journeys.yaml')
  expect(exit).toBe(1)
  const lines = printed.split('\n').filter((line) => line.startsWith('journeys.yaml:'))
  expect(lines.map((line) => line.replace(/ {2}(error|warning) {2}/, ' ').slice(0, 120))).toEqual([
    expect.stringMatching(
      /^journeys\.yaml:9:16 Expected a whole number, or a percentage such as `2\.5 %` at character 10 of/,
    ),
    expect.stringMatching(/^journeys\.yaml:10:19 Expected `in` or `for` at character 12 of/),
    expect.stringMatching(
      /^journeys\.yaml:11:7 Expected one of `errors`, `slow`, `excluded`, `events`, `no`, `target` at/,
    ),
    expect.stringMatching(/^journeys\.yaml:11:32 Expected .* to be 1 or 2 or 3, got 4$/),
    expect.stringMatching(/^journeys\.yaml:12:37 Expected `atLeast` beside a share only/),
    expect.stringMatching(/^journeys\.yaml:14:7 Expected another name than `same`/),
    expect.stringMatching(/^journeys\.yaml:15:15 Only the rule that every journey has can be switched off/),
  ])
  expect(printed).toContain('fix: did you mean "errors"?')
})

test('rules that can never ring, ring twice or cannot be seen in time are warned of', async () => {
  const rules = `    alerts:
      events < 0 in 5m: 1
      errors > 100 % in 5m: 1
      errors > 10 in 5m: 1
      errors>10 in 300s: { level: 1, name: again }
      slow > 5 % in 5m for 1s: 2
      errors > 1 in 20s: 2
    objectives`
  const files = { ...SOUND, 'journeys.yaml': JOURNEYS.replace('    objectives', rules) }
  const { exit, printed } = await check(files)
  expect(exit).toBe(0)
  const told = printed.split('\n').filter((line) => /^journeys\.yaml:\d/.test(line))
  expect(told.map((line) => line.replace('journeys.yaml:', ''))).toEqual([
    '9:7  warning  This rule can never ring: there are never fewer than 0 events',
    '10:7  warning  This rule can never ring: a share is never more than 100 %',
    '12:7  warning  This rule rings whenever errors-over-10-in-5m does, at the same level',
    '13:7  warning  Expected the times of a rule to be no shorter than the pause between two evaluations (5s), got 1s',
    '14:7  warning  Expected every window to be whole slots of the ledger (15s), got 20s',
  ])
  expect((await check(files, '--strict')).exit).toBe(1)
})

test('a step that has a rule and no objective is told of', async () => {
  const text = JOURNEYS.replace('availability: 99.9', 'read.availability: 99.9').replace(
    'within: read }',
    "within: read }, save: { http: 'POST /v1/scans', within: read, alerts: { errors > 3 in 5m: 2 } }",
  )
  expect((await check({ 'journeys.yaml': text })).printed).toContain(
    'warning  The step save has a rule, but no objective counts what its problems cost',
  )
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

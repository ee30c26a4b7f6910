import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { runCli } from '../../testing/captured-io.ts'
import { openWorkDesk, type WorkDesk } from '../../testing/work-desk.ts'
import { serveWork, type WorkServer } from '../../testing/work-server.ts'
import { fixCommand } from '../fix/fix.ts'
import { incidentCommand } from './incident.ts'

let desk: WorkDesk
let server: WorkServer
beforeEach(async () => {
  desk = openWorkDesk()
  server = await serveWork(desk.work)
})
afterEach(async () => {
  await server.close()
  desk.close()
})

const tabiji = (...words: readonly string[]) =>
  runCli([incidentCommand, fixCommand], words, { env: { TABIJI_URL: server.url, TABIJI_BY: 'suzuki' } })
const open = () =>
  tabiji('incident', 'open', 'Scans fail', '--level', '1', '--journey', 'measure-feet', '--episode', 'A-0001')

describe('tabiji incident', () => {
  test('says after each change what changed and what comes next', async () => {
    expect(await open()).toEqual({
      exit: 0,
      stdout: 'INC-0001 opened at 2026-10-20 13:05 +09:00: Scans fail\n',
      stderr: 'next: tabiji incident time INC-0001 impactStarted HH:MM --reason "…"\n',
    })
    const edit = ['edit', 'INC-0001', '--level', '2', '--episode', 'A-0001', '--episode', 'A-0002']
    expect(await tabiji('incident', ...edit)).toMatchObject({
      stdout: 'INC-0001 changed: level 2, episodes A-0001, A-0002\n',
    })
    desk.at('2026-10-20T15:00:00')
    expect(await tabiji('incident', 'time', 'inc-0001', 'mitigated', '14:40', '--reason', 'rolled back')).toEqual({
      exit: 0,
      stdout: 'INC-0001: mitigated at 2026-10-20 14:40 +09:00\n',
      stderr: 'next: tabiji incident show INC-0001\n',
    })
    expect(await tabiji('incident', 'resolve', 'INC-0001')).toEqual({
      exit: 0,
      stdout: 'INC-0001 resolved at 2026-10-20 15:00 +09:00, 1 h 55 min after it was opened\n',
      stderr: 'next: tabiji incident helped INC-0001 yes | partly | no | none (did the runbook help?)\n',
    })
    await tabiji('incident', 'open', 'Nobody knows')
    expect((await tabiji('incident', 'resolve', 'INC-0002')).stderr.split('\n')[0]).toBe(
      'when were users hurt no more? The books may still say it; if not: tabiji incident time INC-0002 mitigated HH:MM --reason "…"',
    )
    expect(await tabiji('incident', 'reopen', 'INC-0001', '--reason', 'errors are back')).toMatchObject({
      exit: 0,
      stdout: 'INC-0001 is open again\n',
    })
  })

  test('lists open ones, or those of a state', async () => {
    await open()
    await tabiji('incident', 'open', '足を測れない', '--drill')
    await tabiji('incident', 'resolve', 'INC-0001')
    expect((await tabiji('incident', 'list')).stdout).toBe(
      [
        'KEY       LEVEL  STATE       OPENED                   JOURNEYS  TITLE',
        'INC-0002  –      DRILL OPEN  2026-10-20 13:05 +09:00  –         足を測れない',
        '',
      ].join('\n'),
    )
    expect((await tabiji('incident', 'list', '--state', 'all')).stdout).toContain('INC-0001  1      resolved')
    await tabiji('incident', 'resolve', 'INC-0002')
    expect((await tabiji('incident', 'list')).stdout).toBe('No incidents.\n')
  })

  test('shows an incident with its timeline and its fixes', async () => {
    await open()
    await tabiji('incident', 'time', 'INC-0001', 'detected', '13:00', '--reason', 'the alert', '--by', '田中')
    await tabiji('fix', 'add', 'Retry the upload', '--kind', 'prevent', '--incident', 'INC-0001')
    expect((await tabiji('incident', 'show', 'INC-0001')).stdout).toMatchInlineSnapshot(`
      "INC-0001  Scans fail
        state     OPEN
        status    investigating
        level     1
        journeys  measure-feet
        episodes  A-0001
        opened    2026-10-20 13:05 +09:00
        detected  2026-10-20 13:00 +09:00 (person)

      Timeline
        2026-10-20 13:05 +09:00  suzuki  opened
        2026-10-20 13:05 +09:00  田中    detected at 2026-10-20 13:00 +09:00: the alert

      Fixes
      KEY       DUE         STATE  KIND     INCIDENT  OWNER  TITLE
      FIX-0001  2026-11-04  open   prevent  INC-0001  –      Retry the upload
      "
    `)
  })

  test('prints exactly the document of the API with --json, and no hints', async () => {
    const opened = await tabiji('incident', 'open', 'Scans fail', '--json')
    expect(opened).toMatchObject({ exit: 0, stderr: '' })
    expect(JSON.parse(opened.stdout)).toMatchObject({
      incident: { key: 'INC-0001' },
      timeline: [{ by: 'suzuki' }],
      fixes: [],
    })
    expect(JSON.parse((await tabiji('--json', 'incident', 'list')).stdout).incidents).toHaveLength(1)
  })

  test('colours on a terminal only, and not where it is not wanted', async () => {
    await open()
    const list = (words: readonly string[], env: Record<string, string>, isTTY: boolean) =>
      runCli([incidentCommand], ['incident', 'list', ...words], { env: { TABIJI_URL: server.url, ...env }, isTTY })
    const coloured = async (...of: Parameters<typeof list>) => (await list(...of)).stdout.includes('\u001b[31mOPEN')
    expect(await coloured([], {}, true)).toBe(true)
    expect(await coloured([], {}, false)).toBe(false)
    expect(await coloured([], { NO_COLOR: '1' }, true)).toBe(false)
    expect(await coloured([], { TERM: 'dumb' }, true)).toBe(false)
    expect(await coloured(['--no-color'], {}, true)).toBe(false)
    expect(await coloured(['--plain'], {}, true)).toBe(false)
    expect(await coloured(['--color', 'always'], { NO_COLOR: '1' }, false)).toBe(true)
  })

  test('shows hostile text without obeying it', async () => {
    await tabiji('incident', 'open', 'x\u001b]0;owned\u0007\u202e', '--by', 'a\nb')
    const shown = await tabiji('incident', 'show', 'INC-0001')
    expect(shown.stdout).toContain('INC-0001  x\\u{1b}]0;owned\\u{7}\\u{202e}\n')
    expect(shown.stdout).toContain('a\\u{a}b')
    const json = await tabiji('incident', 'show', 'INC-0001', '--json')
    expect(JSON.parse(json.stdout).incident.title).toBe('x\u001b]0;owned\u0007\u202e')
  })
})

describe('a refused command', () => {
  test('exits 1 with everything that is wrong, in text and as JSON', async () => {
    const words = ['incident', 'open', ' ', '--journey', 'measure-fete']
    expect(await tabiji(...words)).toEqual({
      exit: 1,
      stdout: '',
      stderr: [
        'error: Expected `title` to have 1 to 200 characters, got nothing',
        'error: Expected `journey` to be a known one, got "measure-fete"',
        '  fix: did you mean "measure-feet"?',
        '',
      ].join('\n'),
    })
    const { stderr, stdout } = await tabiji(...words, '--json')
    expect(stdout).toBe('')
    expect(JSON.parse(stderr).error).toMatchObject({
      code: 'INCIDENT_TITLE',
      problems: [{ code: 'INCIDENT_TITLE', path: ['title'] }, { code: 'INCIDENT_UNKNOWN_JOURNEY' }],
    })
  })

  test.each([
    [['resolve', 'INC-0003'], 'There is no incident INC-0003\n  fix: did you mean "INC-0001"?'],
    [['reopen', 'INC-0001', '--reason', 'x'], 'Expected INC-0001 to be resolved, but it is still open'],
    [['time', 'INC-0001', 'mitigatd', '13:00', '--reason', 'x'], 'fix: did you mean "mitigated"?'],
    [['time', 'INC-0001', 'mitigated', '13:60', '--reason', 'x'], 'to be one instant on the clocks of Asia/Tokyo'],
    [['edit', 'INC-0001'], 'Expected a title, a level, journeys or episodes to change, got none'],
  ])('%j exits 1', async (words, message) => {
    await open()
    const ran = await tabiji('incident', ...words)
    expect(ran).toMatchObject({ exit: 1, stdout: '' })
    expect(ran.stderr).toContain(message)
  })

  test.each([
    [['reopen', 'INC-0001'], "error: required option '--reason <text>' not specified\n"],
    [['open', 'x', '--levle', '1'], "error: unknown option '--levle'\n  fix: Did you mean --level?\n"],
    [['open', 'x', '--level', '4'], 'Allowed choices are 1, 2, 3.'],
    [['show', '../fixes'], 'Expected a key such as INC-0007'],
    [['shw', 'INC-0001'], "error: unknown command 'shw'\n  fix: Did you mean show?\n"],
    [[], 'Usage: tabiji incident [options] [command]'],
  ])('%j is wrong usage and exits 2', async (words, message) => {
    const ran = await tabiji('incident', ...words)
    expect(ran).toMatchObject({ exit: 2, stdout: '' })
    expect(ran.stderr).toContain(message)
  })
})

test('help begins with examples, names the options of all commands and exits 0', async () => {
  const { exit, stdout } = await tabiji('incident', '--help')
  expect(exit).toBe(0)
  expect(stdout).toMatch(/^Examples:\n {2}tabiji incident open /)
  expect((await tabiji('incident', 'resolve', '--help')).stdout).toMatch(/Global Options:[\s\S]*--url <address>/)
})

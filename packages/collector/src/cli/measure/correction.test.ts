import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { correctionRoutes } from '../../http/api/correction-routes.ts'
import { runCli } from '../../testing/captured-io.ts'
import { type CorrectionDesk, openCorrectionDesk } from '../../testing/correction-desk.ts'
import { serveRoutes, type WorkServer } from '../../testing/work-server.ts'
import { correctionCommand } from './correction.ts'

let desk: CorrectionDesk
let server: WorkServer
beforeEach(async () => {
  desk = openCorrectionDesk()
  server = await serveRoutes(correctionRoutes(desk.corrections))
})
afterEach(async () => {
  await server.close()
  desk.close()
})

const lines = (...each: readonly string[]) => `${each.join('\n')}\n`
const tabiji = (...words: readonly string[]) =>
  runCli([correctionCommand], ['correction', ...words], { env: { TABIJI_URL: server.url, TABIJI_BY: 'suzuki' } })
const add = (...more: readonly string[]) =>
  tabiji(
    'add',
    '--from',
    '10:05',
    '--to',
    '10:09',
    '--reason',
    'power cut',
    '--objective',
    'checkout/availability',
    ...more,
  )

describe('tabiji correction', () => {
  test('add says what is excluded and what is left of the budget, and what comes next', async () => {
    expect(await add()).toEqual({
      exit: 0,
      stdout: lines(
        'COR-0001 excludes 2026-10-20 10:05 +09:00 to 2026-10-20 10:09 +09:00',
        'checkout/availability: 10.7 % left, raw -316.7 %',
      ),
      stderr: 'next: tabiji correction show COR-0001\n',
    })
  })

  test('says when more is excluded than was asked for', async () => {
    const { stdout } = await tabiji('add', '--from', '10:05', '--to', '2026-10-20T10:08:50', '--reason', 'power cut')
    expect(stdout).toBe(
      lines(
        'COR-0001 excludes 2026-10-20 10:05 +09:00 to 2026-10-20 10:09 +09:00 (widened to whole slots of 15s)',
        'checkout/availability: 10.7 % left, raw -316.7 %',
        'checkout/monthly: 10.7 % left, raw -316.7 %',
      ),
    )
  })

  test('a preview says what would change, as it then does, and records nothing', async () => {
    const preview = await add('--preview')
    expect(preview).toEqual({
      exit: 0,
      stdout: lines(
        'nothing is recorded; it excludes 2026-10-20 10:05 +09:00 to 2026-10-20 10:09 +09:00',
        'checkout/availability: 200 of 400 bad inside; -316.7 % left now, 10.7 % then',
      ),
      stderr: 'next: the same without --preview\n',
    })
    expect((await tabiji('list')).stdout).toBe('No corrections.\n')
    await add()
    const { stdout } = await add('--from', '10:08', '--to', '10:10', '--preview')
    // What is excluded already is not excluded twice.
    expect(stdout).toContain('100 of 200 bad inside; 10.7 % left now, 100.0 % then')
    expect(desk.store.all()).toHaveLength(1)
    expect((await tabiji('show', 'COR-0001')).stdout).toContain('50 of 5600   10.7 %')
  })

  test('show puts raw and adjusted numbers side by side', async () => {
    await add()
    expect((await tabiji('show', 'cor-0001')).stdout).toBe(
      lines(
        'COR-0001 power cut',
        '  state     ACTIVE',
        '  for       checkout/availability',
        '  category  other',
        '  asked     2026-10-20 10:05 +09:00 to 2026-10-20 10:09 +09:00',
        '  added     2026-10-20 13:00 +09:00 by suzuki',
        '',
        'excluded, in whole slots of 15s',
        '  2026-10-20 10:05 +09:00 to 2026-10-20 10:09 +09:00',
        '',
        'budgets now: bad of valid events, and what is left',
        '  checkout/availability  inside    200 of 400',
        '                         raw       250 of 6000  -316.7 %',
        '                         adjusted  50 of 5600   10.7 %',
      ),
    )
  })

  test('show tells when a recurring one comes next', async () => {
    desk.at('2026-11-09T09:00:00')
    await tabiji(
      'add',
      '--from',
      '2026-11-01T03:00',
      '--to',
      '2026-11-01T04:00',
      '--rrule',
      'FREQ=WEEKLY;BYDAY=SU',
      '--reason',
      'weekly',
    )
    const { stdout } = await tabiji('show', 'COR-0001')
    expect(stdout).toContain(
      lines(
        'excluded, in whole slots of 15s',
        '  2026-11-01 03:00 +09:00 to 2026-11-01 04:00 +09:00',
        '  2026-11-08 03:00 +09:00 to 2026-11-08 04:00 +09:00',
        '  2026-11-15 03:00 +09:00 to 2026-11-15 04:00 +09:00',
        '',
      ),
    )
  })

  test('list shows the newest first, or those of a state', async () => {
    expect((await tabiji('list')).stdout).toBe('No corrections.\n')
    await add()
    await tabiji(
      'add',
      '--from',
      '2026-11-01 03:00',
      '--to',
      '2026-11-01 04:00',
      '--rrule',
      'FREQ=WEEKLY;BYDAY=SU',
      '--reason',
      '計画停止',
      '--category',
      'maintenance',
    )
    await tabiji('withdraw', 'COR-0001', '--reason', 'it was us')
    expect((await tabiji('list')).stdout).toBe(
      lines(
        'KEY       STATE      FROM                     TO                       AGAIN                 FOR                    CATEGORY     REASON',
        'COR-0002  ACTIVE     2026-11-01 03:00 +09:00  2026-11-01 04:00 +09:00  FREQ=WEEKLY;BYDAY=SU  everything             maintenance  計画停止',
        'COR-0001  WITHDRAWN  2026-10-20 10:05 +09:00  2026-10-20 10:09 +09:00  –                     checkout/availability  other        power cut',
      ),
    )
    expect((await tabiji('list', '--state', 'active')).stdout).not.toContain('COR-0001')
  })

  test('withdraw makes it count again, once', async () => {
    await add()
    expect(await tabiji('withdraw', 'cor-0001', '--reason', 'it was us', '--by', 'tanaka')).toEqual({
      exit: 0,
      stdout: lines(
        'COR-0001 withdrawn; what it excluded counts again',
        'checkout/availability: -316.7 % left, raw -316.7 %',
      ),
      stderr: 'next: tabiji correction list\n',
    })
    expect((await tabiji('show', 'COR-0001')).stdout).toContain('2026-10-20 13:00 +09:00 by tanaka: it was us')
    expect(await tabiji('withdraw', 'COR-0001', '--reason', 'again')).toMatchObject({ exit: 1, stdout: '' })
  })

  test('tells everything that is wrong, with a remedy', async () => {
    expect(await tabiji('add', '--from', 'noon', '--to', '10:00', '--journey', 'chekout', '--reason', ' ')).toEqual({
      exit: 1,
      stdout: '',
      stderr: lines(
        'error: Expected `journey` to be a known one, got "chekout"',
        '  fix: did you mean "checkout"?',
        'error: Expected `reason` to have 1 to 2000 characters, got nothing',
        'error: Expected `from` to be one instant on the clocks of Asia/Tokyo, got "noon"',
        '  fix: write HH:MM for today, or a time with its offset such as 2026-10-20T13:02+09:00',
      ),
    })
    expect(await tabiji('show', 'COR-9')).toMatchObject({ exit: 1, stderr: 'error: There is no correction COR-9\n' })
    expect(await tabiji('add', '--from', '10:00', '--to', '11:00')).toMatchObject({ exit: 2 })
  })

  test('prints with --json exactly what the collector answered', async () => {
    const { stdout, stderr } = await add('--json')
    expect(stderr).toBe('')
    expect(JSON.parse(stdout)).toMatchObject({
      correction: { key: 'COR-0001', state: 'active', author: 'suzuki', appliesTo: ['checkout/availability'] },
      objectives: [{ id: 'checkout/availability', inside: { bad: 200, valid: 400 } }],
    })
  })

  test('shows examples before its help', async () => {
    expect((await tabiji('--help')).stdout).toMatch(/^Examples:\n {2}tabiji correction add /)
  })
})

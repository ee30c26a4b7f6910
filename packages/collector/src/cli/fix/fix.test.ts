import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { runCli } from '../../testing/captured-io.ts'
import { openWorkDesk, type WorkDesk } from '../../testing/work-desk.ts'
import { serveWork, type WorkServer } from '../../testing/work-server.ts'
import { fixCommand } from './fix.ts'

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
  runCli([fixCommand], words, { env: { TABIJI_URL: server.url, USER: 'suzuki' } })
const add = (...words: readonly string[]) => tabiji('fix', 'add', 'Retry the upload', '--kind', 'prevent', ...words)

describe('tabiji fix', () => {
  test('says after each change what changed and what comes next', async () => {
    expect(await add()).toEqual({
      exit: 0,
      stdout: 'FIX-0001 added, due 2026-11-19 (the default): Retry the upload\n',
      stderr: 'next: tabiji fix done FIX-0001\n',
    })
    const said: string[] = []
    const run = async (...words: readonly string[]) => {
      const { exit, stdout } = await tabiji('fix', ...words)
      expect(exit).toBe(0)
      said.push(stdout)
    }
    await run('move', 'fix-0001', '2026-11-30', '--reason', 'waits for the supplier')
    await run('done', 'FIX-0001')
    await run('reopen', 'FIX-0001', '--reason', 'it came back')
    await run('accept', 'FIX-0001', '--approver', '田中', '--until', '2026-12-31', '--reason', 'rare')
    await run('undrop', 'FIX-0001', '--reason', 'not so rare')
    await run('drop', 'FIX-0001', '--reason', 'the service goes away')
    expect(said.join('')).toMatchInlineSnapshot(`
      "FIX-0001 moved from 2026-11-19 to 2026-11-30; first promised for 2026-11-19
      FIX-0001 done at 2026-10-20 13:05 +09:00, in time for 2026-11-19
      FIX-0001 is open again, due 2026-11-30
      FIX-0001: 田中 accepts the risk through 2026-12-31; then it is open again
      FIX-0001 is open again, due 2026-11-30
      FIX-0001 dropped; it counts as not done
      "
    `)
    expect((await tabiji('fix', 'show', 'FIX-0001')).stdout).toMatchInlineSnapshot(`
      "FIX-0001  Retry the upload
        state      dropped
        kind       prevent
        added      2026-10-20
        first due  2026-11-19
        due        2026-11-30 (postponed 1×)
        last done  2026-10-20 13:05 +09:00

      Transitions
        2026-10-20 13:05 +09:00  suzuki  open      added, due 2026-11-19
        2026-10-20 13:05 +09:00  suzuki  open      moved to 2026-11-30: waits for the supplier
        2026-10-20 13:05 +09:00  suzuki  done      done
        2026-10-20 13:05 +09:00  suzuki  open      reopened: it came back
        2026-10-20 13:05 +09:00  suzuki  accepted  accepted by 田中 through 2026-12-31: rare
        2026-10-20 13:05 +09:00  suzuki  open      undropped: not so rare
        2026-10-20 13:05 +09:00  suzuki  dropped   dropped: the service goes away
      "
    `)
  })

  test('says when a fix is done later than it was first promised', async () => {
    await add('--due', '2026-10-25')
    desk.at('2026-10-26T00:00:00')
    expect((await tabiji('fix', 'done', 'FIX-0001')).stdout).toBe(
      'FIX-0001 done at 2026-10-26 00:00 +09:00, later than first promised (2026-10-25)\n',
    )
  })

  test('lists the most overdue first, by state, journey and incident', async () => {
    await add('--due', '2026-10-25', '--owner', '鈴木')
    await add('--due', '2026-10-22', '--journey', 'measure-feet')
    await add('--due', '2026-11-30')
    desk.at('2026-10-26T12:00:00')
    expect((await tabiji('fix', 'list')).stdout).toMatchInlineSnapshot(`
      "KEY       DUE         STATE           KIND     INCIDENT  OWNER  TITLE
      FIX-0002  2026-10-22  OVERDUE 4 days  prevent  –         –      Retry the upload
      FIX-0001  2026-10-25  OVERDUE 1 day   prevent  –         鈴木   Retry the upload
      FIX-0003  2026-11-30  open            prevent  –         –      Retry the upload
      "
    `)
    expect((await tabiji('fix', 'list', '--state', 'overdue', '--journey', 'measure-feet')).stdout).toContain(
      'FIX-0002',
    )
    expect((await tabiji('fix', 'list', '--state', 'done')).stdout).toBe('No fixes.\n')
    expect(await tabiji('fix', 'list', '--incident', 'INC-0009')).toMatchObject({ exit: 1, stdout: '' })
  })

  test('prints the document of the API with --json', async () => {
    const { stdout } = await add('--cause', 'no retry', '--json')
    expect(JSON.parse(stdout)).toMatchObject({
      fix: { cause: 'no retry' },
      transitions: [{ by: 'suzuki', state: 'open' }],
    })
  })
})

test.each([
  [['done', 'FIX-0002'], 1, 'There is no fix FIX-0002\n  fix: did you mean "FIX-0001"?'],
  [['reopen', 'FIX-0001', '--reason', ''], 1, 'error: Expected `reason` to have 1 to 2000 characters, got nothing\n'],
  [['undrop', 'FIX-0001', '--reason', 'x'], 1, 'Expected FIX-0001 to be dropped or accepted or merged, but it is open'],
  [['move', 'FIX-0001', '20.11.2026', '--reason', 'x'], 1, 'to be a date as YYYY-MM-DD, got "20.11.2026"'],
  [['add', 'x', '--kind', 'prevnt'], 1, 'fix: did you mean "prevent"?'],
  [['add', 'x'], 2, "required option '--kind <kind>' not specified"],
  [['move', 'FIX-0001', '2026-11-30'], 2, "required option '--reason <text>' not specified"],
])('tabiji fix %j exits %i', async (words, exit, message) => {
  await add()
  const ran = await tabiji('fix', ...words)
  expect(ran).toMatchObject({ exit, stdout: '' })
  expect(ran.stderr).toContain(message)
})

import { afterEach, beforeEach, expect, test } from 'vitest'
import { runCli } from '../../testing/captured-io.ts'
import { openWorkDesk, type WorkDesk } from '../../testing/work-desk.ts'
import { serveWork, type WorkServer } from '../../testing/work-server.ts'
import { incidentCommand } from './incident.ts'

let desk: WorkDesk
let server: WorkServer
beforeEach(async () => {
  desk = openWorkDesk()
  server = await serveWork(desk.work)
  await tabiji('open', 'Scans fail')
})
afterEach(async () => {
  await server.close()
  desk.close()
})

const tabiji = (...words: readonly string[]) =>
  runCli([incidentCommand], ['incident', ...words], { env: { TABIJI_URL: server.url, TABIJI_BY: 'suzuki' } })

test('causes are said one by one, said anew under the same id, and shown', async () => {
  const said = await tabiji('cause', 'INC-0001', 'retry-without-back-off', 'Clients retry at once', '--bone', 'design')
  expect(said).toEqual({
    exit: 0,
    stdout: 'INC-0001: 1 known, among them retry-without-back-off: Clients retry at once\n',
    stderr: 'next: tabiji fix add "…" --kind prevent --incident INC-0001 --cause retry-without-back-off\n',
  })
  await tabiji('cause', 'INC-0001', 'pool', '容量が足りない', '--bone', '外部の制約')
  await tabiji('cause', 'INC-0001', 'retry-without-back-off', 'No back-off', '--bone', 'design', '--fix', 'fix-0001')
  const { stdout } = await tabiji('show', 'INC-0001')
  expect(stdout).toContain('Causes\n  retry-without-back-off  design      FIX-0001  No back-off\n')
  expect(stdout).toContain('  pool                    外部の制約  –         容量が足りない\n')
  expect(stdout).toContain('causes: retry-without-back-off, pool')
})

test('everything that is wrong with a cause is told at once, and a bone of people with the reason', async () => {
  const ran = await tabiji('cause', 'INC-0001', 'Retry!', ' ', '--bone', 'human error', '--fix', 'ticket 7')
  expect(ran).toMatchObject({ exit: 1, stdout: '' })
  expect(ran.stderr).toContain(
    'Expected `id` to be a slug of small letters, digits and hyphens, at most 63, got "Retry!"',
  )
  expect(ran.stderr).toContain('Expected `text` to have 1 to 2000 characters, got nothing')
  expect(ran.stderr).toContain('a cause that ends at a person cannot be fixed, what made the act likely can')
  expect(ran.stderr).toContain('Expected `fix` to be the key of a fix such as FIX-0117, got "TICKET 7"')
})

test('a cause is asked why again, moved, and taken out once no fix names it', async () => {
  await tabiji('cause', 'INC-0001', 'retry', 'Clients retry at once', '--bone', 'design')
  await tabiji('cause', 'INC-0001', 'default', 'The default has no back-off', '--under', 'retry')
  const { stdout } = await tabiji('show', 'INC-0001')
  expect(stdout).toContain('  retry      design  –  Clients retry at once\n')
  expect(stdout).toContain('  └ default  design  –  The default has no back-off\n')
  const fix = desk.work.addFix({
    type: 'add',
    title: 'Back off',
    kind: 'prevent',
    incident: 'INC-0001',
    cause: 'retry',
  })
  expect(fix.ok).toBe(true)
  const refused = await tabiji('cause-remove', 'INC-0001', 'retry', '--reason', 'measured: it does not')
  expect(refused).toMatchObject({ exit: 1 })
  expect(refused.stderr).toContain('tabiji fix edit FIX-0001 --cause')
  desk.work.changeFix('FIX-0001', { type: 'drop', reason: 'not the cause' })
  expect(await tabiji('cause-remove', 'INC-0001', 'retry', '--reason', 'measured: it does not')).toMatchObject({
    exit: 0,
    stdout: 'INC-0001: without retry; 1 known\n',
  })
  const shown = await tabiji('show', 'INC-0001')
  expect(shown.stdout).toContain('  default  design  –  The default has no back-off\n')
  expect(shown.stdout).toContain('cause taken out: retry: measured: it does not')
})

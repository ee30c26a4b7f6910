import { afterEach, beforeEach, expect, test } from 'vitest'
import { responseRoutes } from '../../http/api/response-routes.ts'
import { workRoutes } from '../../http/api/work-routes.ts'
import { runCli } from '../../testing/captured-io.ts'
import { openWorkDesk, type WorkDesk } from '../../testing/work-desk.ts'
import { serveRoutes, type WorkServer } from '../../testing/work-server.ts'
import { incidentCommand } from './incident.ts'

let desk: WorkDesk
let server: WorkServer
beforeEach(async () => {
  desk = openWorkDesk()
  const { work, response } = desk
  server = await serveRoutes(workRoutes(work).use(responseRoutes({ work, response })))
  await tabiji('open', 'Scans fail')
})
afterEach(async () => {
  await server.close()
  desk.close()
})

const tabiji = (...words: readonly string[]) =>
  runCli([incidentCommand], ['incident', ...words], { env: { TABIJI_URL: server.url, TABIJI_BY: 'suzuki' } })

test('roles and the status are said in one step each and shown', async () => {
  expect((await tabiji('lead', 'INC-0001')).stdout).toBe('INC-0001: suzuki has lead\n')
  expect((await tabiji('scribe', 'INC-0001', '--name', '田中')).stdout).toBe('INC-0001: 田中 has scribe\n')
  const handover = await tabiji('handover', 'INC-0001', '--to', 'sato', '--note', 'watch the queue')
  expect(handover.stdout).toMatchInlineSnapshot(`
    "INC-0001: sato has lead from now on

    INC-0001  Scans fail
      status  investigating
      lead    sato
      scribe  田中

    Open questions
      Who tells others?
      Which journeys are hurt?
      Since when are users hurt?
      When will users be hurt no more?
      Nobody has said yet how it stands.
    "
  `)
  expect(await tabiji('status', 'INC-0001', 'monitoring', '--note', 'the queue is empty')).toEqual({
    ...{ exit: 0, stdout: 'INC-0001 is monitoring\n', stderr: 'next: tabiji incident resolve INC-0001\n' },
  })
  expect((await tabiji('show', 'INC-0001')).stdout).toMatchInlineSnapshot(`
    "INC-0001  Scans fail
      state         OPEN
      status        monitoring
      opened        2026-10-20 13:05 +09:00
      acknowledged  2026-10-20 13:05 +09:00 (person)
      lead          sato, since 2026-10-20 13:05 +09:00
      scribe        田中, since 2026-10-20 13:05 +09:00

    Timeline
      2026-10-20 13:05 +09:00  suzuki  opened
      2026-10-20 13:05 +09:00  suzuki  suzuki takes lead
      2026-10-20 13:05 +09:00  suzuki  田中 takes scribe
      2026-10-20 13:05 +09:00  suzuki  lead goes from suzuki to sato: watch the queue
      2026-10-20 13:05 +09:00  suzuki  monitoring: the queue is empty
    "
  `)
})

test.each([
  [['status', 'INC-0001', 'investigating'], 'Expected INC-0001 to get another status, but it is investigating already'],
  [['status', 'INC-0001', 'resolved'], 'investigating, identified or monitoring; the end is told with resolve'],
  [['status', 'INC-0001', 'identifed'], 'did you mean "identified"?'],
  [
    ['handover', 'INC-0001', '--to', 'sato', '--note', ' '],
    'Expected `note` to have 1 to 2000 characters, got nothing',
  ],
])('%j exits 1', async (words, message) => {
  const ran = await tabiji(...words)
  expect(ran).toMatchObject({ exit: 1, stdout: '' })
  expect(ran.stderr).toContain(message)
})

test('merging says which postmortem stays behind', async () => {
  await tabiji('open', 'Scans are slow')
  desk.work.changeIncident('INC-0002', { type: 'setPostmortem', state: 'draft', file: 'pm/INC-0002.md' })
  const merged = await tabiji('merge', 'INC-0002', '--into', 'INC-0001', '--reason', 'the same gateway')
  expect(merged.stdout).toBe(
    'INC-0002 is part of INC-0001, which is about no alert yet\n' +
      'the postmortem of INC-0002 (draft, pm/INC-0002.md) stays behind: take over by hand into that of INC-0001 what it says\n',
  )
})

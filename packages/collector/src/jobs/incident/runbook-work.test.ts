import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { incidentCommand } from '../../cli/incident/incident.ts'
import { runbookRoutes } from '../../http/api/runbook-routes.ts'
import { workRoutes } from '../../http/api/work-routes.ts'
import { createRunbookFolders } from '../../sources/runbook-folder.ts'
import { runCli } from '../../testing/captured-io.ts'
import { openWorkDesk } from '../../testing/work-desk.ts'
import { serveRoutes } from '../../testing/work-server.ts'
import { createRunbookDesk } from './runbook-desk.ts'

const WIKI = 'https://wiki.example.org/r/'
const PAGE = '# Feet\n- [ ] Look at the board\n- [ ] At most 5 % in canary\n  - [ ] Look at the board\n- no box\n'

/** An incident of a journey that names a runbook, whose page lies in a real folder. */
async function open() {
  const folder = mkdtempSync(join(tmpdir(), 'tabiji-steps-'))
  const desk = openWorkDesk()
  onTestFinished(() => {
    desk.close()
    rmSync(folder, { recursive: true, force: true })
  })
  const write = (text: string, name = 'feet.md') => writeFileSync(join(folder, name), text)
  write(PAGE)
  const journey = (name: string, runbook: string) =>
    ({ name, title: { en: name, ja: name }, tier: 1, objectives: [], steps: [], runbook }) as const
  const worked = createRunbookDesk({
    runbooks: createRunbookFolders([{ address: WIKI, folder }]),
    alerts: { findEpisode: () => undefined, listEpisodes: () => [] },
    work: desk.store,
    changeIncident: desk.work.changeIncident,
    definition: () => ({
      ...{ timeZone: 'Asia/Tokyo', classes: {}, fingerprint: '0' },
      journeys: [journey('measure-feet', `${WIKI}feet`), journey('read-result', `${WIKI}read`)],
    }),
  })
  const server = await serveRoutes(workRoutes(desk.work).use(runbookRoutes({ desk: worked, now: () => 0 })))
  onTestFinished(server.close)
  const tabiji = (...words: readonly string[]) =>
    runCli([incidentCommand], ['incident', ...words], { env: { TABIJI_URL: server.url, TABIJI_BY: 'suzuki' } })
  await tabiji('open', 'Scans fail', '--journey', 'measure-feet')
  return { desk, worked, tabiji, write }
}

test('steps of a page are ticked by their words or number, said twice once, and taken back', async () => {
  const { desk, tabiji } = await open()
  expect((await tabiji('step', 'INC-0001', '2')).stdout).toBe('INC-0001: 1 of 3 steps of its runbooks are done\n')
  // A percent sign comes back from a page with another space before it.
  expect((await tabiji('step', 'INC-0001', 'At most 5\u00a0% in canary')).exit).toBe(0)
  expect((await tabiji('step', 'INC-0001', 'Look at the board (2)')).exit).toBe(0)
  const { stdout } = await tabiji('steps', 'INC-0001')
  expect(stdout).toContain(`${WIKI}feet  (measure-feet)\n   1 [ ] Look at the board\n   2 [x] At most 5 % in canary  (`)
  expect((await tabiji('step', 'INC-0001', '2', '--undo')).stdout).toContain('1 of 3')
  const told = desk.work.incident('INC-0001')
  const types = told.ok ? told.value.timeline.map(({ type }) => type) : []
  expect(types).toEqual(['opened', 'stepDone', 'stepDone', 'stepUndone'])
  expect((await tabiji('show', 'INC-0001')).stdout).toContain('runbook step done: At most 5 % in canary')
})

test('a step that is not there is refused with the nearest; what was ticked stays ticked when the page changes', async () => {
  const { worked, tabiji, write } = await open()
  const near = await tabiji('step', 'INC-0001', 'Look at the bord')
  expect(near).toMatchObject({ exit: 1 })
  expect(near.stderr).toContain('Look at the board')
  await tabiji('step', 'INC-0001', '1')
  write(`---\njourney: measure-feet\n---\n# Feet\n- [ ] Something new\n${PAGE}`)
  const steps = worked.worked('INC-0001')
  expect(steps.ok && steps.value.pages[0]?.steps.filter(({ done }) => done)).toMatchObject([
    { step: 'Look at the board', by: 'suzuki' },
  ])
  write('Nothing is written here any more.\n')
  expect((await tabiji('step', 'INC-0001', '1')).stderr).toContain('no page that can be read here has one')
})

test('a step that two runbooks have needs the name of one', async () => {
  const { tabiji, write } = await open()
  write(PAGE, 'read.md')
  await tabiji('edit', 'INC-0001', '--journey', 'measure-feet', '--journey', 'read-result')
  const refused = await tabiji('step', 'INC-0001', '1')
  expect(refused.stderr).toContain(`of ${WIKI}feet and ${WIKI}read`)
  expect((await tabiji('step', 'INC-0001', '1', '--runbook', 'read')).stderr).toContain('Expected a runbook')
  expect((await tabiji('step', 'INC-0001', '1', '--runbook', `${WIKI}read`)).exit).toBe(0)
})

import { spawn } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { openHouse } from '../../alerting/inbound/testing/house.ts'
import { runTabiji, startDaemon } from '../../measurement/ledger/testing/daemon.ts'

const REPORT = join(import.meta.dirname, '../../../packages/report/bin/tabiji-report.js')
const PEOPLE = ['Planted-Suzuki', 'Planted-Sato', 'Planted-Ito']
const [SUZUKI = '', SATO = '', ITO = ''] = PEOPLE
// A drill may ring before it is stopped on a slow machine; its incident would take a key.
const CONFIG = `incidents: { openOn: never }
practice:
  members:
    - { name: ${SUZUKI}, since: 2024-04-01 }
    - { name: ${SATO}, since: 2025-10-01, team: shop-team }
    - { name: ${ITO}, since: 2026-10-01, journeys: [checkout] }
`
const endings: (() => Promise<unknown>)[] = []

afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end()
}, 60_000)

/** Every file that the report writes by itself: each format in each language. */
async function reportsOf(api: string, folder: string, month: string, ...words: readonly string[]) {
  mkdirSync(folder)
  const args = [REPORT, month, '--url', api, '--out', folder, ...words]
  const exit = await new Promise((resolve) => spawn(process.execPath, args, { stdio: 'ignore' }).once('close', resolve))
  expect(exit).toBe(0)
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => {
    return { name, text: readFileSync(join(folder, name), 'latin1') }
  })
}

test('a real daemon says who leads next and how far a new member is, keeps it over a restart, and tells no report', async () => {
  const house = await openHouse(CONFIG)
  endings.push(house.close)
  writeFileSync(join(house.folder, 'runbooks', 'slow.md'), '---\njourney: checkout\n---\n# Slow\n')
  let daemon = await startDaemon(house.folder)
  endings.push(() => daemon.end())
  const tabiji = (...words: readonly string[]) => runTabiji(house.folder, ...words, '--url', daemon.api)
  const json = async (...words: readonly string[]) => JSON.parse((await tabiji(...words, '--json')).stdout)

  const begun = await tabiji('drill', 'start', 'checkout')
  expect(begun.stderr).toContain(`let ${SUZUKI} lead, who never led: tabiji incident lead INC-… --name ${SUZUKI}`)
  expect((await tabiji('drill', 'stop', 'D-0001')).exit).toBe(0)
  await tabiji('incident', 'open', 'Payments time out', '--level', '2', '--journey', 'checkout', '--by', ITO)
  await tabiji('incident', 'lead', 'INC-0001', '--name', SUZUKI)
  await tabiji('incident', 'open', 'What if the provider is gone?', '--drill', '--journey', 'checkout')
  await tabiji('incident', 'lead', 'INC-0002', '--name', SATO)
  await tabiji('incident', 'handover', 'INC-0002', '--to', 'Planted-Stranger', '--note', 'your turn')
  expect((await tabiji('practice', 'read', ITO, 'slow', '--by', SATO)).exit).toBe(0)
  expect((await tabiji('practice', 'tick', ITO, 'access', '--by', SATO)).exit).toBe(0)

  const overview = {
    members: [
      { name: ITO, incidents: 0, drills: 0, checklist: { done: 3, of: 5 } },
      { name: SUZUKI, incidents: 1, drills: 0, last: { incident: 'INC-0001', drill: false } },
      { name: SATO, incidents: 0, drills: 1, last: { incident: 'INC-0002', drill: true } },
    ],
    others: [{ name: 'Planted-Stranger', drills: 1 }],
    proposal: { name: ITO, why: 'neverLed' },
    drills: [{ journey: 'checkout', every: '1Q', overdueDays: 0, lastAt: expect.any(String) }],
  }
  expect(await json('practice')).toMatchObject(overview)
  const done = ['access', 'runbooks', 'shadow']
  const ticked = async () => {
    const { items } = (await json('practice', 'member', ITO)) as { items: { id: string; ticked: boolean }[] }
    return items.flatMap((item) => (item.ticked ? [item.id] : []))
  }
  expect(await ticked()).toEqual(done)

  daemon.child.kill('SIGKILL')
  await daemon.end()
  daemon = await startDaemon(house.folder)
  expect(await json('practice')).toMatchObject(overview)
  expect(await ticked()).toEqual(done)
  await tabiji('incident', 'lead', 'INC-0001', '--name', ITO)
  expect(await json('practice')).toMatchObject({ proposal: { name: SUZUKI, why: 'longestAgo' } })
  expect((await tabiji('audit', 'list')).stdout).toContain(`/practice/members/${ITO}/tick`)

  const { current } = (await (await fetch(`${daemon.api}/api/v1/months`)).json()) as { current: string }
  const facts = await (await fetch(`${daemon.api}/api/v1/months/${current}/facts`)).json()
  const { incidents = [], ...rest } = facts as { incidents?: { roles?: object }[] }
  expect(incidents.length).toBe(2)
  // Whoever had a role in an incident may be named by it; how often, how far and who never has is nowhere.
  const bare = JSON.stringify([rest, incidents.map(({ roles: _, ...incident }) => incident)])
  expect(bare).not.toMatch(/Planted|practice"|"members"|neverLed|checklist|lead-drill/)
  const files = await reportsOf(daemon.api, join(house.folder, 'plain'), current)
  const kinds = files.map(({ name }) => name.replace(/^.*\./, ''))
  expect([...new Set(kinds)].toSorted()).toEqual(expect.arrayContaining(['html', 'json', 'md']))
  for (const { name, text } of files) expect([name, text.match(/Planted|neverLed|lead-drill/g)]).toEqual([name, null])
  for (const { name, text } of await reportsOf(daemon.api, join(house.folder, 'named'), current, '--with-people')) {
    // Sato led a drill and handed it over: only who leads now could stand there, and no number of anybody.
    expect([name, text.match(/Planted-Sato|neverLed|lead-drill|"members"/g)]).toEqual([name, null])
  }
}, 120_000)

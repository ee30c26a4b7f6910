import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { startFakePagerDuty } from '../../../packages/collector/src/notifiers/testing/fake-pagerduty.ts'
import { runTabiji, startDaemon } from '../../measurement/ledger/testing/daemon.ts'
import { deliverGithub, openHouse } from './testing/house.ts'

const PATIENCE = { timeout: 60_000, interval: 50 }
const endings: (() => Promise<unknown>)[] = []

afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end()
}, 60_000)

const HOOKS = `hooks:
  github:
    secretFile: github-secret
    repositories: { acme/shop: { service: shop, environments: [production] } }
`

/** A deployment as GitHub tells of it. */
function deployment(state: string, sha = '8c1f2e9dd1a24f0b9c57f6d4cfa6a5c0f0d1e2f3') {
  const creator = { login: 'octocat' }
  const now = new Date(Date.now() - 1_000).toISOString()
  const made = { id: 42, sha, ref: 'main', environment: 'production', created_at: now, creator }
  const status = { id: 7, state, created_at: now, target_url: 'https://ci.example.org/7', creator }
  return { action: 'created', deployment: made, deployment_status: status, repository: { full_name: 'acme/shop' } }
}

/** A house whose pager is told of changes. */
async function openWithPager() {
  const [house, pager] = await Promise.all([openHouse(HOOKS), startFakePagerDuty()])
  endings.push(house.close, pager.close)
  const file = join(house.folder, 'tabiji.yaml')
  const pagerLine = `{ name: pager, kind: pagerduty, routingKeyFile: routing-key, url: '${pager.url}', changes: true }`
  const text = readFileSync(file, 'utf8').replace('receivers: [', `receivers: [${pagerLine}, `)
  writeFileSync(join(house.folder, 'routing-key'), pager.routingKey)
  writeFileSync(file, text)
  return { house, pager }
}

test('a pager is told of every change once: from GitHub, by hand, after a pause and over a kill', async () => {
  const { house, pager } = await openWithPager()
  const daemon = await startDaemon(house.folder)
  endings.push(daemon.end)

  // Only announced: it may yet be called off. Nor is a note a change.
  const { deployment_status: _, ...announced } = deployment('queued')
  expect((await deliverGithub(daemon.hooks, 'deployment', announced)).status).toBe(200)
  const annotate = (...words: string[]) => runTabiji(house.folder, 'annotate', ...words, '--url', daemon.api)
  expect((await annotate('sale begins', '--kind', 'note', '--by', 'abe')).exit).toBe(0)
  expect((await annotate('new tax rate', '--kind', 'flag', '--journey', 'checkout', '--by', 'abe')).exit).toBe(0)
  await expect.poll(() => pager.changes.length, PATIENCE).toBe(1)
  expect(pager.changes[0]).toMatchObject({
    payload: { source: 'Tabiji', custom_details: { kind: 'flag', journeys: 'checkout', by: 'abe' } },
  })
  expect(pager.changes[0]?.payload.summary).toContain('new tax rate, by abe')

  // The pager does not answer for a moment: what is owed is told after the restart, once.
  pager.script.push({ status: 500 })
  for (const state of ['in_progress', 'success']) {
    expect((await deliverGithub(daemon.hooks, 'deployment_status', deployment(state))).status).toBe(200)
  }
  await expect.poll(() => pager.script.length, PATIENCE).toBe(0)
  // SIGKILL leaves an exit code of null, and whoever asked for the end later gets it.
  daemon.child.kill('SIGKILL')
  await daemon.end()
  const again = await startDaemon(house.folder)
  endings.push(again.end)
  await expect.poll(() => pager.changes.length, { timeout: 110_000, interval: 100 }).toBe(2)
  expect(pager.changes[1]).toMatchObject({
    payload: { source: 'shop', custom_details: { kind: 'deploy', service: 'shop', by: 'octocat' } },
  })
  expect([pager.faults, pager.events]).toEqual([[], []])
  expect(JSON.stringify(pager.changes)).not.toContain('sale begins')
}, 180_000)

import { afterEach, expect, test } from 'vitest'
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

/** A deployment of a moment ago, as GitHub tells that it runs. */
function running(sha: string) {
  const creator = { login: 'octocat' }
  const now = new Date(Date.now() - 1_000).toISOString()
  const deployment = { id: 42, sha, ref: 'main', environment: 'production', created_at: now, creator }
  const status = { id: 7, state: 'in_progress', created_at: now, target_url: 'https://ci.example.org/7', creator }
  return { action: 'created', deployment, deployment_status: status, repository: { full_name: 'acme/shop' } }
}

test('an alert of a real daemon says what GitHub and people changed just before, who feels it and what to do first', async () => {
  const house = await openHouse(HOOKS)
  endings.push(house.close)
  const daemon = await startDaemon(house.folder)
  endings.push(daemon.end)

  const sha = '8c1f2e9dd1a24f0b9c57f6d4cfa6a5c0f0d1e2f3'
  const forged = await deliverGithub(daemon.hooks, 'deployment_status', running(sha), 'another-secret-0123456789')
  expect(forged).toMatchObject({ status: 401, document: { error: { code: 'GITHUB_SIGNATURE' } } })
  const told = await deliverGithub(daemon.hooks, 'deployment_status', running(sha))
  expect(told).toMatchObject({ status: 200, document: { annotation: { key: 'ANN-0001', phase: 'running' } } })
  const words = ['annotate', 'sale begins', '--kind', 'note', '--journey', 'checkout', '--by', 'abe', '--key', 'ci-1']
  // A script that is run again records nothing more.
  for (const _ of [1, 2]) {
    const added = await runTabiji(house.folder, ...words, '--url', daemon.api)
    expect([added.exit, added.stderr]).toEqual([0, 'next: tabiji annotation list\n'])
  }
  const audit = await runTabiji(house.folder, 'audit', 'list', '--url', daemon.api)
  expect(audit.stdout.match(/abe \(not signed in\) +\/annotations +/g)).toHaveLength(1)

  house.counts.good = 500
  house.counts.error = 100
  await expect.poll(() => house.messages.filter(({ data }) => data['level'] === 1).length, PATIENCE).toBe(1)
  const data = house.messages.find((message) => message.data['level'] === 1)?.data ?? {}
  expect(data).toMatchObject({
    felt: [{ step: 'pay', failed: 100, slow: 0, valid: 600 }],
    outlook: { kind: 'spent' },
    sureness: { confidencePercent: 95 },
    changes: [
      { kind: 'note', title: 'sale begins', by: 'abe' },
      {
        ...{ kind: 'deploy', title: 'shop@8c1f2e9d → production', service: 'shop', phase: 'running', by: 'octocat' },
        url: 'https://ci.example.org/7',
      },
    ],
    firstStep: 'Look at the queue (https://grafana.example.org/queue)',
  })
  expect(data['text']).toMatch(/^Users meet: pay: 100 failed of 600$/m)
  expect(data['text']).toMatch(
    /^Changed just before: \d\d:\d\d note sale begins, by abe; \d\d:\d\d deploy shop@8c1f2e9d/m,
  )
  expect(data['text']).toMatch(/^Runbook begins: Look at the queue/m)
  expect(data['text']).toMatch(/^Proof: 100 of 600 bad means at least 14\.\d\d % with 95 % certainty/m)
}, 120_000)

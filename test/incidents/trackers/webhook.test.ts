import { createHmac } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { collectorIn, HOOK_SECRET } from './testing/collector.ts'
import { startFakeGithub } from './testing/fake-github.ts'

const PATIENCE = { timeout: 60_000, interval: 50 }
const HOUR = 3_600_000

/** "issues" as docs.github.com has it under "Webhook events and payloads", as far as it is looked at. */
const changed = (repository: string, action = 'closed') =>
  JSON.stringify({ action, issue: { id: 1001, number: 1 }, repository: { id: 9, full_name: repository } })

test('a change that GitHub tells of is read at once, once, and only from GitHub', { timeout: 120_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tabiji-webhook-'))
  const github = await startFakeGithub()
  const issue = github.add(1)
  const collector = collectorIn(folder, github, HOUR)
  let deliveries = 0
  const tell = async (body: string, { id = `d-${++deliveries}`, secret = HOOK_SECRET } = {}) => {
    const response = await fetch(`${collector.hooks()}/github/webhook`, {
      method: 'POST',
      headers: {
        ...{ 'content-type': 'application/json', 'x-github-event': 'issues', 'x-github-delivery': id },
        'x-hub-signature-256': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`,
      },
      body,
    })
    return [response.status, await response.json()]
  }
  try {
    await collector.start()
    await expect.poll(collector.states, PATIENCE).toBe('FIX-0001 open')
    const closedAt = new Date().toISOString()
    Object.assign(issue, { state: 'closed', state_reason: 'completed', closed_at: closedAt, updated_at: closedAt })
    expect((await tell(changed('acme/shop'), { secret: 'another' }))[0]).toBe(401)
    expect((await tell(changed('acme/other')))[0]).toBe(202)
    expect((await tell('{}'))[0]).toBe(400)
    expect(await collector.states()).toBe('FIX-0001 open')
    expect(await tell(changed('Acme/Shop'), { id: 'same' })).toEqual([200, { reading: ['github'] }])
    await expect.poll(collector.states, PATIENCE).toBe('FIX-0001 done')
    expect(await tell(changed('Acme/Shop'), { id: 'same' })).toEqual([200, { repeated: true }])
    // It overtook the news of the closing: what is true is asked for, not what the event says.
    expect((await tell(changed('acme/shop', 'opened')))[0]).toBe(200)
    await collector.start()
    await expect.poll(() => github.asked.at(-1)?.has('since'), PATIENCE).toBe(false)
    expect(await collector.transitions('FIX-0001')).toEqual(['added', 'done'])
  } finally {
    await collector.stop()
    await github.close()
    rmSync(folder, { recursive: true, force: true })
  }
  expect(github.faults).toEqual([])
})

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { runTabiji } from '../../measurement/ledger/testing/daemon.ts'
import { collectorOf } from './testing/collector.ts'
import { startFakeGithub, TOKEN } from './testing/fake-github.ts'

const PATIENCE = { timeout: 60_000, interval: 50 }

test('issues that are deleted, transferred, blocked or closed by another clock', { timeout: 180_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tabiji-moved-'))
  const github = await startFakeGithub()
  const place = {
    name: 'github',
    kind: 'github',
    url: github.url,
    label: 'permanent-fix',
    blocked: ['blocked'],
    create: [],
  } as const
  const collector = collectorOf(folder, () => [
    { ...place, repositories: ['acme/shop', 'acme/web'], intervalMs: 100, token: () => TOKEN },
  ])
  const eventually = (expected: string) => expect.poll(collector.states, PATIENCE).toBe(expected)
  const ticketOf = async (key: string) => (await collector.fixes()).find((fix) => fix.key === key)?.ticket
  const touch = (issue: (typeof github.issues)[number], changes: Partial<typeof issue>) =>
    Object.assign(issue, changes, { updated_at: new Date(Date.now() + github.skewMs).toISOString() })
  try {
    const [first, second, third] = [github.add(1), github.add(2), github.add(3)]
    await collector.start()
    await eventually('FIX-0001 open, FIX-0002 open, FIX-0003 open')

    // It is transferred between two repositories that are both followed, so a list shows it as an issue that nobody knows.
    const moved = github.transfer(first, 'acme/web', 40)
    await expect.poll(() => ticketOf('FIX-0001'), PATIENCE).toMatchObject({ url: moved.html_url })
    touch(moved, { title: 'Retry twice', labels: [...moved.labels, { name: 'blocked' }] })
    await expect.poll(() => collector.transitions('FIX-0001'), PATIENCE).toContain('blocked')
    touch(moved, { labels: moved.labels.filter(({ name }) => name !== 'blocked') })
    await expect.poll(() => collector.transitions('FIX-0001'), PATIENCE).toContain('unblocked')
    expect(await collector.transitions('FIX-0001')).toEqual(['added', 'linked', 'retitled', 'blocked', 'unblocked'])

    // Out of what is followed, where the token may look all the same; and deleted. No list of changes tells of either.
    const away = github.transfer(second, 'acme/blog', 9)
    github.remove(third)
    await collector.start()
    await expect.poll(() => ticketOf('FIX-0003'), PATIENCE).toMatchObject({ url: third.html_url, gone: true })
    expect(await ticketOf('FIX-0002')).toMatchObject({ url: away.html_url })
    await eventually('FIX-0001 open, FIX-0002 open, FIX-0003 open')
    const page = await runTabiji(folder, 'fix', 'show', 'FIX-0003', '--url', collector.api())
    expect(page.stdout).toMatch(/ticket +github 1003 +\S+\/issues\/3, where it is gone: deleted/)
    const list = await runTabiji(folder, 'fix', 'list', '--url', collector.api())
    expect(list.stdout.match(/^FIX-.*ticket gone\)$/gm)).toEqual([expect.stringContaining('FIX-0003')])
    // Its tracker is the master of its state no more.
    expect((await collector.send('/fixes/FIX-0003/done', {})).status).toBe(200)
    expect((await collector.send('/fixes/FIX-0002/done', {})).status).toBe(422)

    // Read again and again, nothing is new; and each start asks only for the two open ones that no list shows.
    const asked = github.askedFor.length
    const before = github.asked.length
    await collector.start()
    await expect
      .poll(() => github.asked.slice(before).filter((one) => one.has('since')).length, PATIENCE)
      .toBeGreaterThan(2)
    // Asked at its old address it answers with the new one, which is not that of the fix any more.
    expect(github.askedFor.slice(asked)).toEqual([away.html_url])
    expect(await collector.transitions('FIX-0003')).toEqual(['added', 'linked', 'done'])

    // Seven hours ahead, GitHub says a time that is yet to come.
    github.skewMs = 7 * 3_600_000
    const closedAt = new Date(Date.now() + github.skewMs)
    await collector.start()
    touch(moved, { state: 'closed', state_reason: 'completed', closed_at: closedAt.toISOString() })
    await eventually('FIX-0001 done, FIX-0002 open, FIX-0003 done')
    const done = (await collector.fixes()).find(({ key }) => key === 'FIX-0001')?.doneAt ?? ''
    expect(Math.abs(Date.parse(done) - (closedAt.getTime() - github.skewMs))).toBeLessThan(30_000)
    github.skewMs = 0
    const known = github.asked.length
    await collector.start()
    await expect
      .poll(() => github.asked.slice(known).filter((one) => one.has('since')).length, PATIENCE)
      .toBeGreaterThan(2)
    expect((await collector.transitions('FIX-0001')).filter((type) => type === 'done')).toHaveLength(1)
  } finally {
    await collector.stop()
    await github.close()
    rmSync(folder, { recursive: true, force: true })
  }
  expect(github.faults).toEqual([])
})

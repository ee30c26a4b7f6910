import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { MonthFacts } from '@tabiji/core/report'
import { renderMarkdown } from '@tabiji/report'
import { expect, onTestFinished, test } from 'vitest'
import { runTabiji } from '../../measurement/ledger/testing/daemon.ts'
import { startFakeGithub, TOKEN } from './testing/fake-github.ts'
import { type Killable, startKillable, writeFiles } from './testing/killable.ts'

const HOUR = 3_600_000
const PATIENCE = { timeout: 60_000, interval: 20 }
const BEGAN = Date.parse('2026-10-20T09:00:00+09:00')

type Fix = { readonly key: string; readonly title: string; readonly state: string; readonly due: string } & {
  readonly doneAt?: string
  readonly postponements: number
  readonly ticket: { readonly url: string; readonly gone?: true }
}

/** GitHub, and a collector that follows it, by one clock. */
async function openWorld() {
  const clock = { now: BEGAN }
  const github = await startFakeGithub(() => clock.now)
  const opened: Killable[] = []
  const folders: string[] = []
  onTestFinished(async () => {
    for (const one of opened) await one.kill()
    await github.close()
    for (const folder of folders) rmSync(folder, { recursive: true, force: true })
  })
  return {
    ...{ clock, github },
    folder: () => {
      const folder = mkdtempSync(join(tmpdir(), 'tabiji-down-'))
      folders.push(folder)
      writeFiles(
        folder,
        `  - { name: github, kind: github, url: '${github.url}', repositories: [acme/shop, acme/web], interval: 1m, tokenEnv: T }\n`,
      )
      return folder
    },
    start: async (folder: string) => {
      const collector = await startKillable(folder, clock.now, { T: TOKEN })
      opened.push(collector)
      return collector
    },
  }
}

async function get<Shape>({ api }: Killable, path: string): Promise<Shape> {
  const response = await fetch(`${api}/api/v1${path}`)
  expect([path, response.status]).toEqual([path, 200])
  return (await response.json()) as Shape
}

async function fixesIn(collector: Killable): Promise<readonly Fix[]> {
  const { fixes } = await get<{ readonly fixes: readonly Fix[] }>(collector, '/fixes?state=all')
  return fixes.toSorted((a, b) => (a.key < b.key ? -1 : 1))
}

/** What is recorded of each fix, by its title. */
async function recordedIn(collector: Killable): Promise<Readonly<Record<string, string>>> {
  const fixes = await fixesIn(collector)
  const told = fixes.map(async ({ key, title }) => {
    const { transitions } = await get<{ readonly transitions: readonly { type: string }[] }>(collector, `/fixes/${key}`)
    return [title, transitions.map(({ type }) => type).join(' ')] as const
  })
  return Object.fromEntries(await Promise.all(told))
}

test('a tracker that is down for a day loses nothing and doubles nothing, and everybody is told how old the view is', {
  timeout: 240_000,
}, async () => {
  const { clock, github, folder: newFolder, start } = await openWorld()
  const iso = (at: number) => new Date(at).toISOString()
  const change = (issue: (typeof github.issues)[number], changes: Partial<typeof issue>) =>
    Object.assign(issue, changes, { updated_at: iso(clock.now) })
  const close = (issue: (typeof github.issues)[number], reason = 'completed') =>
    change(issue, { state: 'closed', state_reason: reason, closed_at: iso(clock.now) })
  const reopen = (issue: (typeof github.issues)[number]) =>
    change(issue, { state: 'open', state_reason: 'reopened', closed_at: null })
  const issues = Array.from({ length: 9 }, (_, i) => github.add(i + 1))
  const issue = (number: number) => issues[number - 1] as (typeof issues)[number]
  close(issue(3))
  close(issue(4))
  change(issue(7), { milestone: { due_on: '2026-11-10T08:00:00Z' } })

  const folder = newFolder()
  let collector = await start(folder)
  await collector.follow(clock.now)
  clock.now += HOUR
  await collector.follow(clock.now)
  const readAt = clock.now

  // What people do there in the day, by the hour after the last reading.
  const day: Readonly<Record<number, () => void>> = {
    2: () => close(issue(1)),
    3: () => close(issue(2)),
    4: () => reopen(issue(3)),
    5: () => reopen(issue(2)),
    6: () => reopen(issue(4)),
    7: () => github.remove(issue(5)),
    8: () => close(issue(4)),
    9: () => close(issue(2)),
    10: () => github.add(10, { created_at: iso(clock.now) }),
    11: () => change(issue(7), { milestone: { due_on: '2026-11-25T08:00:00Z' } }),
    12: () => github.transfer(issue(8), 'acme/web', 40),
    13: () => close(issue(9), 'not_planned'),
  }
  const failingSince = readAt + HOUR / 2
  for (let half = 1; half <= 48; half++) {
    clock.now = readAt + (half * HOUR) / 2
    if (half % 2 === 0) day[half / 2]?.()
    github.trouble = half < 16 ? { status: 503 } : half < 32 ? 'cuts' : 'hangs'
    const before = github.refused
    if (half < 32) {
      await collector.follow(clock.now)
    } else if (half === 32) {
      // Killed while it waits for an answer that never comes.
      void collector.follow(clock.now)
      await expect.poll(() => github.refused, PATIENCE).toBeGreaterThan(before)
      await collector.kill()
      collector = await start(folder)
    } else {
      // That nobody answers is known after half a minute.
      github.trouble = half === 33 && process.env['TABIJI_FULL'] === '1' ? 'hangs' : { status: 503 }
      await collector.follow(clock.now)
    }
    expect(github.refused).toBeGreaterThan(before)
  }

  // While it is down nothing is made up, and how old that is stands wherever it is looked at.
  expect((await fixesIn(collector)).map(({ state }) => state).join(' ')).toBe(
    'open open done done open open open open open',
  )
  const view = { name: 'github', kind: 'github', readAt: '2026-10-20T10:00:00+09:00' }
  const failing = { ...view, failingSince: '2026-10-20T10:30:00+09:00' }
  expect(failingSince).toBe(Date.parse(failing.failingSince))
  expect(await get(collector, '/fixes')).toMatchObject({ trackers: [{ ...failing, why: 'acme/shop: Answered 503' }] })
  const told =
    /^tickets in github: as of 2026-10-20 10:00 \+09:00; CANNOT BE READ since 2026-10-20 10:30 \+09:00: acme\/shop: Answered 503$/m
  for (const command of [['fix', 'list'], ['fix', 'stats'], ['status']]) {
    expect((await runTabiji(folder, ...command, '--url', collector.api)).stdout).toMatch(told)
  }
  const facts = await get<MonthFacts>(collector, '/months/2026-10/facts')
  expect(facts.trackers).toEqual([failing])
  expect(renderMarkdown(facts, 'en')).toContain(
    'Tickets in github as of 2026-10-20 10:00; they could not be read since 2026-10-20 10:30, so what happened later is missing.',
  )
  expect(renderMarkdown(facts, 'ja')).toContain(
    'githubのチケットは2026-10-20 10:00時点の内容です。2026-10-20 10:30から読み取れていないため、以降の変更は反映されていません。',
  )

  // It is back, and the collector is killed between the first page and the next.
  github.trouble = undefined
  clock.now = readAt + 25 * HOUR
  const pages = new Promise<void>((resolve) => {
    github.afterFirstPage = resolve
  })
  void collector.follow(clock.now)
  await pages
  await collector.kill()
  github.afterFirstPage = undefined
  collector = await start(folder)
  await collector.follow(clock.now)

  const once = {
    ...{ 'Fix 1': 'added done', 'Fix 2': 'added done', 'Fix 3': 'added done reopened', 'Fix 5': 'added linked' },
    ...{ 'Fix 4': 'added done reopened done', 'Fix 6': 'added', 'Fix 7': 'added moved', 'Fix 8': 'added linked' },
    ...{ 'Fix 9': 'added dropped', 'Fix 10': 'added' },
  }
  expect(await recordedIn(collector)).toEqual(once)
  const fixes = await fixesIn(collector)
  expect(fixes.find(({ title }) => title === 'Fix 5')?.ticket.gone).toBe(true)
  expect(fixes.find(({ title }) => title === 'Fix 7')).toMatchObject({ due: '2026-11-25', postponements: 1 })
  // Counted when they were done, not when that was learnt.
  const doneAt = (title: string) => Date.parse(fixes.find((fix) => fix.title === title)?.doneAt ?? '')
  expect(['Fix 1', 'Fix 2', 'Fix 4'].map((title) => (doneAt(title) - readAt) / HOUR)).toEqual([2, 9, 8])
  const after = await get<MonthFacts>(collector, '/months/2026-10/facts')
  const { trackers, fixes: counted } = after
  expect(trackers).toEqual([{ ...view, readAt: '2026-10-21T11:00:00+09:00' }])
  expect(counted.flow).toMatchObject({ openAtStart: 0, created: 10, done: 3, dropped: 1, openAtEnd: 6 })

  // Another reading, and another start, add nothing.
  clock.now += 5 * 60_000
  await collector.follow(clock.now)
  await collector.kill()
  collector = await start(folder)
  await collector.follow(clock.now)
  expect(await recordedIn(collector)).toEqual(once)

  // Somebody who never knew it comes to the same.
  const fresh = await start(newFolder())
  await fresh.follow(clock.now)
  const standing = (all: readonly Fix[]) =>
    all
      .filter(({ ticket }) => ticket.gone !== true)
      .map(({ title, state, due, ticket, doneAt }) => ({
        ...{ title, state, due, url: ticket.url },
        doneAt: state === 'done' ? doneAt : undefined,
      }))
      .sort((a, b) => (a.url < b.url ? -1 : 1))
  expect(standing(await fixesIn(fresh))).toEqual(standing(await fixesIn(collector)))
  expect(github.faults).toEqual([])
})

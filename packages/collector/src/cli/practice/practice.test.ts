import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { createApp, createLog } from '../../app/app.ts'
import { readDefinition } from '../../config/definition.ts'
import { readConfig } from '../../config/read.ts'
import { folderWith } from '../../config/testing/folder.ts'
import { runCli } from '../../testing/captured-io.ts'
import { configIn } from '../../testing/config.ts'
import { transcriptOf, wordsOf } from '../../testing/transcript.ts'
import { tokyo } from '../../testing/work-desk.ts'
import { incidentCommand } from '../incident/incident.ts'
import { drillCommand } from './drill.ts'
import { practiceCommand } from './practice.ts'

const GUIDE = readFileSync(new URL('../../../../../docs/guides/practice.md', import.meta.url), 'utf8')
const JOURNEYS = `timeZone: Asia/Tokyo
classes: { write: 1s }
journeys:
  checkout:
    title: { en: Check out, ja: 購入 }
    owner: shop-team
    tier: 1
    objectives: { availability: { target: 99 } }
    steps: { pay: { http: POST /orders, within: write } }
  search:
    title: { en: Search, ja: 検索 }
    tier: 2
    objectives: { availability: { target: 99 } }
    steps: { find: { http: GET /find, within: write } }
`
const [, EXAMPLE = ''] = /```yaml\n([\s\S]*?)```/.exec(GUIDE) ?? []
const page = (journey: string) => `---\njourney: ${journey}\n---\n# A page\n`

/** A collector as the guide configures it, on a clock that is set by hand. */
async function open(more: (practice: string) => string = (text) => text) {
  const folder = folderWith({
    'journeys.yaml': JOURNEYS,
    'tabiji.yaml': `journeys: journeys.yaml\nstore: tabiji.db\n${more(EXAMPLE)}`,
    'new-member.yaml': (await runCli([practiceCommand], ['practice', 'checklist', 'new'])).stdout,
  })
  mkdirSync(join(folder, 'r', 'checkout'), { recursive: true })
  writeFileSync(join(folder, 'r', 'checkout', 'slow.md'), page('checkout'))
  writeFileSync(join(folder, 'r', 'checkout', 'errors.md'), page('checkout'))
  writeFileSync(join(folder, 'r', 'search.md'), page('search'))
  const read = readConfig(join(folder, 'tabiji.yaml'), {}, () => false)
  const journeys = readDefinition(JOURNEYS, 'journeys.yaml')
  if (!read.ok || !journeys.ok) throw new Error(JSON.stringify([read, journeys]))
  const { definition } = journeys
  const { practice } = read.config
  const runbooks = [{ address: 'https://wiki.example.org/r/', folder: join(folder, 'r'), reviewWithinDays: 180 }]
  const clock = { now: tokyo('2025-12-20T09:00:00') }
  const app = createApp(configIn(folder, { practice, runbooks }), definition, {
    now: () => clock.now,
    log: createLog('silent'),
    loadDefinition: () => ({ ok: true, definition }),
  })
  const { api } = await app.open()
  onTestFinished(() => app.stop())
  const env = { TABIJI_URL: api, TABIJI_BY: 'suzuki' }
  const run = (...words: readonly string[]) =>
    runCli([practiceCommand, drillCommand, incidentCommand], words, { env, now: () => clock.now })
  /** Time goes by as the loops see it. */
  const pass = async (seconds: number) => {
    for (const end = clock.now + seconds * 1_000; clock.now < end; ) {
      clock.now += 15_000
      app.turns.evaluate()
      await app.turns.deliver()
    }
  }
  return { run, clock, api, pass }
}

/** `# 2026-11-27 10:00` moves the clock. */
test('every command of the guide prints what the guide says', async () => {
  const { run, clock } = await open()
  const transcript = transcriptOf(GUIDE)
  const really: string[] = []
  for (const line of transcript) {
    if (line.startsWith('# ')) {
      clock.now = tokyo(`${line.slice(2).replace(' ', 'T')}:00`)
      really.push(line)
    }
    if (line.startsWith('$ ')) {
      const { exit, stdout, stderr } = await run(...wordsOf(line.slice(2)))
      expect([line, exit, stderr]).toEqual([line, 0, stderr])
      really.push(line, ...`${stdout}${stderr}`.trimEnd().split('\n'))
    }
  }
  expect(really).toEqual(transcript)
})

test('what cannot be is refused with the way out, and nothing of it is recorded', async () => {
  const { run, clock } = await open()
  clock.now = tokyo('2026-11-28T10:00:00')
  const said = async (...words: readonly string[]) => {
    const { exit, stderr } = await run('practice', ...words)
    return `${exit} ${stderr}`
  }
  expect(await said('member', 'suzuky')).toBe('1 error: There is no member suzuky\n  fix: did you mean "suzuki"?\n')
  expect(await said('tick', 'sato', 'acess')).toMatch(/^1 [\s\S]*did you mean "access"/)
  expect(await said('read', 'sato', 'checkout/slw.md')).toMatch(/^1 [\s\S]*checkout\/slow\.md/)
  expect(await said('--journey', 'chekout')).toMatch(/^1 [\s\S]*did you mean "checkout"/)
  expect(await said('member', '..')).toMatch(/^2 /)
  expect((await run('practice', 'member', 'sato', '--lang', 'ja')).stdout).toContain(
    'runbooks    担当するジャーニーの手順書を読む',
  )
  const { stdout } = await run('practice', 'member', 'sato', '--json')
  expect(JSON.parse(stdout)).toMatchObject({ member: { journeys: ['checkout'], checklist: { done: 0, of: 5 } } })
})

test('a drill that rang is practice, one that was stopped before it rang is none', async () => {
  const { run, clock, pass } = await open()
  clock.now = tokyo('2026-11-28T10:00:00')
  const drills = async () => JSON.parse((await run('practice', '--json')).stdout).drills as readonly object[]
  const overdue = { journey: 'checkout', due: '2026-03-31', overdueDays: 242 }
  await run('drill', 'start', 'checkout')
  expect((await run('drill', 'stop', 'D-0001')).exit).toBe(0)
  expect((await drills())[0]).toEqual({ ...overdue, tier: 1, every: '1Q' })
  await run('drill', 'start', 'checkout')
  await pass(30)
  expect((await drills()).at(-1)).toMatchObject({
    lastAt: expect.stringMatching(/^2026-11-28T10:00:/),
    due: '2027-03-31',
    overdueDays: 0,
  })
})

test('without members it says how to name some, and a drill begins without a word about who leads', async () => {
  const { run, clock } = await open(() => '')
  clock.now = tokyo('2026-11-28T10:00:00')
  expect((await run('practice')).stdout).toMatch(/^No members; name them in the configuration[\s\S]*\nDrills\n/)
  expect((await run('practice', 'member', 'sato')).stderr).toContain('name them in the configuration')
  expect((await run('drill', 'start', 'checkout')).stderr).toBe('next: tabiji drill show D-0001\n')
})

test('a name in any script is a member, and a change under the same key is done once', async () => {
  const { run, api } = await open((text) => text.replaceAll('sato', '佐藤/花'))
  expect((await run('practice', 'tick', '佐藤/花', 'access', '--key', 'k-1')).stdout).toBe(
    '佐藤/花: access is ticked, 1 of 5 done\n',
  )
  expect((await run('practice', 'untick', '佐藤/花', 'access')).exit).toBe(0)
  expect((await run('practice', 'tick', '佐藤/花', 'access', '--key', 'k-1')).exit).toBe(0)
  const { stdout } = await run('practice', 'member', '佐藤/花', '--json')
  expect(JSON.parse(stdout).items[0]).toMatchObject({ id: 'access', ticked: false })
  const audit = (await (await fetch(`${api}/api/v1/audit`)).json()) as object
  expect(decodeURIComponent(JSON.stringify(audit))).toContain('/practice/members/佐藤/花/untick')
})

test('the written list is one that is taken; every mistake in one is told where it stands', async () => {
  const written = (await runCli([practiceCommand], ['practice', 'checklist', 'new'])).stdout
  const wrong = 'items:\n  - id: Read\n    text: { en: Read }\n  - { id: x, text: { en: X, ja: X }, auto: ack }\n'
  const folder = folderWith({ 'fine.yaml': written, 'wrong.yaml': wrong })
  const check = async (name: string) => {
    const ran = await runCli([practiceCommand], ['practice', 'checklist', 'check', join(folder, name)])
    return { exit: ran.exit, stdout: ran.stdout.replaceAll(`${folder}/`, '') }
  }
  expect(await check('fine.yaml')).toEqual({ exit: 0, stdout: 'No problems in fine.yaml: 5 items.\n' })
  const { exit, stdout } = await check('wrong.yaml')
  expect([exit, stdout.match(/^wrong\.yaml:\d+:\d+/gm)]).toEqual([
    1,
    ['wrong.yaml:2:9', 'wrong.yaml:3:5', 'wrong.yaml:4:44'],
  ])
  expect((await check('none.yaml')).exit).toBe(2)
})

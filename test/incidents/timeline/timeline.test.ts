import { execFile } from 'node:child_process'
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { NOON, openSlackHouse } from '../testing/slack-house.ts'

const TABIJI = join(import.meta.dirname, '../../../packages/collector/bin/tabiji.js')
const SECRET = 'hunter2-c0rrect-h0rse'

type Line = {
  readonly id: string
  readonly source: string
  readonly kind: string
  readonly by?: string
  readonly starred: boolean
  readonly text: { readonly en: string; readonly ja: string }
}
type Timeline = {
  readonly lines: readonly Line[]
  readonly series: readonly { readonly spark: string; readonly slots: readonly { readonly bad: number }[] }[]
}

/** One incident from its first failing payment, through the real collector; each test goes on where the one before it stopped. */
describe.sequential('the timeline of an incident', { timeout: 120_000 }, () => {
  let house: Awaited<ReturnType<typeof openSlackHouse>>
  beforeAll(async () => {
    // The incident is opened by a person here.
    house = await openSlackHouse({ incidents: { openOn: 'never', joinWithinMs: 0 } })
  })
  afterAll(() => house.close())

  const tabiji = (...words: readonly string[]) =>
    new Promise<{ exit: number; stdout: string; stderr: string }>((resolve) => {
      const env = { PATH: process.env['PATH'], TABIJI_URL: house.api(), TABIJI_BY: 'aoi' }
      const child = execFile(
        process.execPath,
        [TABIJI, 'incident', ...words, '--quiet', '--timeout', '60s'],
        { env },
        (_, stdout, stderr) => resolve({ exit: child.exitCode ?? -1, stdout, stderr }),
      )
    })
  const timeline = async () => house.get<Timeline>('/incidents/INC-0001/timeline?before=30m')
  /** What other families record (the checklist) is theirs to show. */
  const texts = ({ lines }: Timeline) =>
    lines.filter(({ kind }) => kind !== 'recorded').map(({ source, text }) => `${source}: ${text.en}`)

  test('tells what the books, the alert, its delivery and changes say, without anybody writing it', async () => {
    await house.post('/annotations', { kind: 'deploy', title: 'payments@8c1f2e', service: 'shop', journeys: [] })
    await house.pass(3, 0)
    await house.pass(3, 50)
    await house.post('/incidents', { title: 'Checkout fails', level: 1, journeys: ['checkout'], episodes: ['A-0001'] })
    await house.pass(45, 0)
    const told = await timeline()
    expect(texts(told)).toEqual([
      'annotation: Deployment of shop: payments@8c1f2e',
      'books: checkout/availability left its target: 25.00 % bad (25 of 100)',
      'books: checkout/availability was at its worst: 50.00 % bad (50 of 100)',
      'alert: A-0001 (level 1, Check out) began to ring',
      'delivery: A-0001: alert reached bot after 0 s',
      'person: Incident opened: Checkout fails',
      'alert: Time from the record: detected at 2026-10-15 12:04',
      'alert: Time from the record: first notification delivered at 2026-10-15 12:04',
      'books: checkout/availability was back within its target: 0.00 % bad (0 of 100)',
      'alert: A-0001 (level 1, Check out) stopped ringing',
      'alert: Status: monitoring',
      'delivery: A-0001: all-clear reached bot after 0 s',
      'alert: A-0001 (level 1, Check out) was closed',
    ])
    expect(told.lines.map(({ text }) => text.ja)).toContain('インシデントを開始：Checkout fails')
    const [series] = told.series
    expect(series?.slots.reduce((sum, { bad }) => sum + bad, 0)).toBe(300)
    expect(series?.spark).toMatch(/^[▁·]*[▁-█]*█[▁-█]*[▁·]*$/)
    expect(series?.spark).toHaveLength(series?.slots.length ?? 0)
    expect((await timeline()).lines).toEqual(told.lines)
  })

  test('takes notes and decisions, stars and strikes from the command line', async () => {
    const note = await tabiji('note', 'INC-0001', 'payments looks bad', '--at', '12:05')
    expect(note.stdout).toBe('L-0001 at 2026-10-15 12:05 +09:00: payments looks bad\n')
    const file = join(house.folder, 'decision.yaml')
    writeFileSync(
      file,
      'knew: 5xx since the deployment\noptions: [wait, roll back]\nchoice: roll back\nwhy: it is quick\n',
    )
    expect((await tabiji('decide', 'INC-0001', '--file', file, '--at', '12:06')).exit).toBe(0)
    writeFileSync(file, 'knew: x\nchoise: roll back\nwhy: y\n')
    const wrong = await tabiji('decide', 'INC-0001', '--file', file)
    expect([wrong.exit, wrong.stderr]).toEqual([2, expect.stringContaining('decision.yaml:2:1')])
    expect((await tabiji('decide', 'INC-0001', '--knew', 'x')).stderr).toContain('`--choice`, `--why`')
    expect((await tabiji('star', 'INC-0001', 'A-0001.1')).stdout).toBe('A-0001.1 of INC-0001 has a star\n')
    expect((await tabiji('star', 'INC-0001', 'A-0001.99')).stderr).toContain('There is no line A-0001.99')
    expect((await tabiji('strike', 'INC-0001', 'L-0001', '--reason', 'it was the cache')).exit).toBe(0)
    const { lines } = await timeline()
    expect(lines.find(({ id }) => id === 'L-0001')).toMatchObject({
      by: 'aoi',
      text: { ja: '［取り消し：it was the cache］payments looks bad' },
      struck: { by: 'aoi', reason: 'it was the cache' },
    })
    expect(lines.find(({ id }) => id === 'A-0001.1')).toMatchObject({ starred: true })
    const shown = (await tabiji('timeline', 'INC-0001', '--language', 'ja')).stdout
    expect(shown).toContain('判断：roll back／当時わかっていたこと：5xx since the deployment')
    expect(shown).toContain('* A-0001.1')
  })

  const seconds = (minutes: number) => Math.floor(NOON / 1000) + minutes * 60
  const HISTORIES = {
    bash: `ls\n#${seconds(7)}\nexport DB_PASSWORD=${SECRET}\n#${seconds(8)}\nkubectl rollout undo deploy/shop\n#${seconds(-9_999)}\nvim\n`,
    zsh: `: ${seconds(9)}:0;curl -u admin:${SECRET} https://shop \\\n  -v\n: ${seconds(10)}:0;echo done\n`,
    fish: `- cmd: mysql -p${SECRET} shop\n  when: ${seconds(11)}\n  paths:\n    - x\n`,
  }

  test.each(Object.entries(HISTORIES))(
    'shows the history of %s first, takes it in once, and masks secrets',
    async (shell, text) => {
      const file = join(house.folder, `history-${shell}`)
      writeFileSync(file, text)
      const before = (await timeline()).lines.length
      const shown = await tabiji('import', 'shell', 'INC-0001', file)
      expect([shown.exit, (await timeline()).lines.length]).toEqual([0, before])
      expect(shown.stdout).toContain('1 with a secret masked')
      expect(`${shown.stdout}${shown.stderr}`).not.toContain(SECRET)
      const taken = await tabiji('import', 'shell', 'INC-0001', file, '--yes', '--json')
      expect(taken.stdout).not.toContain(SECRET)
      const once = (await timeline()).lines.length
      expect(once - before).toBe((JSON.parse(taken.stdout) as { taken: number }).taken)
      expect(once).toBeGreaterThan(before)
      await tabiji('import', 'shell', 'INC-0001', file, '--yes')
      expect((await timeline()).lines).toHaveLength(once)
      rmSync(file)
    },
  )

  test('masks a secret that is cut by the longest line', async () => {
    const file = join(house.folder, 'history-long')
    writeFileSync(file, `#${seconds(12)}\necho ${'x'.repeat(1_965)} https://admin:${SECRET}@shop/\n`)
    const taken = await tabiji('import', 'shell', 'INC-0001', file, '--yes', '--json')
    expect(JSON.parse(taken.stdout)).toMatchObject({ taken: 1, masked: 1 })
    expect(taken.stdout).not.toContain(SECRET.slice(0, 5))
    rmSync(file)
  })

  test('takes a thread out of what Slack exports, in both forms, once', async () => {
    const ts = (minutes: number) => `${seconds(minutes)}.000100`
    const messages = [
      {
        type: 'message',
        ts: ts(20),
        thread_ts: ts(20),
        text: 'Checkout fails &amp; burns',
        user: 'U1',
        user_profile: { display_name: 'ren' },
      },
      { type: 'message', ts: ts(21), thread_ts: ts(20), text: `<@U0123> password: ${SECRET}`, user: 'U2' },
      { type: 'message', ts: ts(22), text: 'lunch?', user: 'U2' },
      { type: 'message', subtype: 'channel_join', ts: ts(20), thread_ts: ts(20), text: 'joined' },
    ]
    const file = join(house.folder, 'thread.json')
    for (const document of [{ ok: true, messages }, messages]) {
      writeFileSync(file, JSON.stringify(document))
      const taken = await tabiji('import', 'slack', 'INC-0001', file, '--thread', ts(20), '--yes')
      expect([taken.exit, taken.stderr]).toEqual([0, ''])
    }
    rmSync(file)
    const from = (await timeline()).lines.filter(({ source }) => source === 'slack')
    expect(from.map(({ by, text }) => [by, text.en])).toEqual([
      ['ren', 'Checkout fails & burns'],
      [undefined, '@someone password: •••'],
    ])
  })

  test('tells what becomes of the fixes for it', async () => {
    await house.post('/fixes', { title: 'Retry on 503', kind: 'prevent', incident: 'INC-0001', due: '2026-11-30' })
    await house.post('/fixes', { title: 'Not of this one', kind: 'prevent', due: '2026-11-30' })
    await house.post('/fixes/FIX-0001/done', {})
    expect(texts(await timeline()).filter((text) => text.startsWith('tracker'))).toEqual([
      'tracker: FIX-0001 was added: Retry on 503',
      'tracker: FIX-0001 was done: Retry on 503',
    ])
  })

  test('keeps no secret, by whichever door it comes', async () => {
    await tabiji('note', 'INC-0001', `I ran PGPASSWORD=${SECRET} psql`)
    await house.post('/incidents/INC-0001/note', { text: `curl -H "Authorization: Bearer ${SECRET}" x` })
    await house.post('/incidents/INC-0001/decide', {
      knew: `token=${SECRET}`,
      options: [`--token ${SECRET}`],
      choice: 'x',
      why: 'y',
    })
    await house.post('/incidents/INC-0001/import', {
      from: 'shell',
      lines: [{ identity: 'shell:x', happenedAt: NOON, text: `mysql://root:${SECRET}@db/shop` }],
    })
    expect((await timeline()).lines.filter((line) => JSON.stringify(line).includes(SECRET))).toEqual([])
    for (const path of ['/incidents/INC-0001', '/audit']) {
      expect((await (await fetch(`${house.api()}/api/v1${path}`)).text()).includes(SECRET)).toBe(false)
    }
    house.turns().checkpoint()
    for (const file of readdirSync(house.folder)) {
      expect([file, readFileSync(join(house.folder, file)).includes(SECRET)]).toEqual([file, false])
    }
  })
})

import { createHash } from 'node:crypto'
import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { canonicalJson } from '@tabiji/core/report'
import { addMonths, isoIn, monthOf, monthRange } from '@tabiji/core/time'
import { afterEach, expect, test } from 'vitest'
import { runTabiji, startCounter, startDaemon, writeConfig } from '../measurement/ledger/testing/daemon.ts'

const ZONE = 'Asia/Tokyo'
/** How wide a slot is, and how often the past was read. */
const SLOT = 5 * 60_000
const CURRENT = monthOf(Date.now(), ZONE)
const MONTH = addMonths(CURRENT, -1)
const RANGE = monthRange(MONTH, ZONE)
/** No browser prints here: that is shown elsewhere, and takes seconds. */
const ENV = { TABIJI_BROWSER: '/nowhere' }

const endings: (() => unknown)[] = []

afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end()
}, 60_000)

const reading = (process: string, at: number, good: number, error: number) =>
  JSON.stringify({
    kind: 'reading',
    at: isoIn(at, ZONE),
    process,
    service: 'shop',
    steps: [{ journey: 'checkout', step: 'pay', counts: [good, 0, error, 0] }],
  })

/** Every five minutes of the month, a hundred good payments and two that fail: more than the target allows. */
function october(): string {
  const count = (RANGE.to - RANGE.from) / SLOT
  return Array.from({ length: count + 1 }, (_, i) => reading('old', RANGE.from + i * SLOT, 100 * i, 2 * i)).join('\n')
}

/** What another process had kept to itself. */
function late(failed: number, process: string): string {
  const at = RANGE.from + 100 * SLOT
  return [reading(process, at, 0, 0), reading(process, at + SLOT, 50, failed)].join('\n')
}

function filesIn(folder: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    readdirSync(folder)
      .toSorted()
      .map((name) => [
        name,
        createHash('sha256')
          .update(readFileSync(join(folder, name)))
          .digest('hex'),
      ]),
  )
}

/** Asks again until the answer is as wished for; a busy machine may take long. */
async function until<Answer>(ask: () => Promise<Answer>, isWished: (answer: Answer) => boolean): Promise<Answer> {
  for (;;) {
    const answer = await ask()
    if (isWished(answer)) return answer
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

test('a report is drafted, commented, issued and issued again; what was issued stays as it was, whatever the books say later', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tabiji-life-'))
  endings.push(() => rmSync(folder, { recursive: true, force: true }))
  const counter = await startCounter()
  endings.push(counter.close)
  writeConfig(folder, counter.url)
  appendFileSync(join(folder, 'tabiji.yaml'), 'ledger: { slots: [{ width: 5m }] }\n')
  const bring = async (text: string) => {
    writeFileSync(join(folder, 'past.ndjson'), text)
    expect(await runTabiji(folder, 'import', 'past.ndjson')).toMatchObject({ exit: 0 })
  }
  await bring(october())
  let daemon = await startDaemon(folder, ENV)
  endings.push(() => daemon.end())
  const tabiji = (...words: readonly string[]) => runTabiji(folder, ...words, '--url', daemon.api, '--by', 'sato')
  const asked = (...words: readonly string[]) => runTabiji(folder, ...words, '--url', daemon.api)
  const api = async <Answer = unknown>(path: string) =>
    (await (await fetch(`${daemon.api}/api/v1${path}`)).json()) as Answer
  const text = async (path: string) => (await fetch(`${daemon.api}/api/v1${path}`)).text()
  type Facts = { journeys: { objectives: { bad: number }[] }[] }
  const badIn = (facts: Facts) => facts.journeys[0]?.objectives[0]?.bad

  // Draft: made by itself, marked as one, and it says whose comment is missing.
  type Listed = { reports: { month: string; status: string; missing: number }[] }
  const listed = await until<Listed>(
    () => api<Listed>('/reports'),
    ({ reports }) => reports.some(({ month }) => month === MONTH),
  )
  expect(listed.reports).toContainEqual(expect.objectContaining({ month: MONTH, status: 'draft', missing: 1 }))
  expect((await asked('report', 'missing')).stdout).toMatch(/checkout +shop-team +missed/)
  const comment = ['report', 'comment', 'checkout', '--month', MONTH]
  expect((await tabiji(...comment, 'The key was password=hunter2hunter2; it is changed')).exit).toBe(0)
  const ask = ['--why', 'it failed twice', '--owner', 'suzuki', '--month', MONTH]
  expect((await tabiji('report', 'ask', 'Keep the canary', ...ask)).stdout).toContain('ASK-0001')
  expect((await tabiji('report', 'answer', 'ask-0001', 'agreed', 'until the queue is gone')).exit).toBe(0)
  expect((await asked('report', 'missing', MONTH)).stdout).toContain('No comment is missing')
  const draft = await text(`/reports/${MONTH}/draft/report.ja.html`)
  expect(draft).toContain('下書き')
  expect(await text(`/reports/${MONTH}/draft/report.json`)).not.toContain('hunter2')
  expect(await api(`/reports/${MONTH}/draft/report.json`)).toMatchObject({
    journeys: [{ comment: { text: expect.stringContaining('it is changed') } }],
    asks: [{ key: 'ASK-0001', state: 'agreed', answer: { text: 'until the queue is gone' } }],
  })

  // Issue: a month that runs is refused; one that is over is frozen, once.
  const early = await tabiji('report', 'issue', CURRENT)
  expect([early.exit, early.stderr]).toEqual([1, expect.stringContaining(`${CURRENT} is not over`)])
  const issued = await tabiji('report', 'issue', MONTH)
  expect([issued.exit, issued.stdout]).toEqual([0, expect.stringContaining(`${MONTH} issued as revision 1: 11 files`)])
  expect(issued.stderr).toContain('no PDF was made')
  expect(await tabiji('report', 'issue', MONTH)).toMatchObject({ exit: 1, stderr: expect.stringContaining('reissue') })
  const first = await api<{ issue: { sha256: string }; facts: Facts }>(`/reports/${MONTH}/facts`)
  expect(createHash('sha256').update(canonicalJson(first.facts)).digest('hex')).toBe(first.issue.sha256)
  expect((await asked('report', 'write', MONTH, '--out', 'first')).exit).toBe(0)
  const files = filesIn(join(folder, 'first'))
  expect(Object.keys(files).length).toBe(11)
  expect((await asked('report', 'show', MONTH)).stdout).toContain(files[`report-${MONTH}.ja.html`])
  expect(readFileSync(join(folder, 'first', `report-${MONTH}.ja.md`), 'utf8')).toContain(first.issue.sha256)

  // The daemon is down: the store itself is read, and not written.
  await daemon.end()
  const before = readFileSync(join(folder, 'tabiji.db'))
  const down = await runTabiji(folder, 'report', 'write', MONTH, '--store', 'tabiji.db', '--out', 'down')
  expect([down.exit, down.stderr]).toEqual([0, expect.stringContaining('the store was written last at')])
  expect(filesIn(join(folder, 'down'))).toEqual(files)
  expect(readFileSync(join(folder, 'tabiji.db')).equals(before)).toBe(true)

  // Late entries change the books, and nothing that was issued.
  await bring(late(40, 'late'))
  daemon = await startDaemon(folder, ENV)
  const live = await api<Facts>(`/months/${MONTH}/facts`)
  expect(badIn(live)).toBe((badIn(first.facts) ?? 0) + 40)
  expect((await asked('report', 'write', MONTH, '--out', 'after')).exit).toBe(0)
  expect(filesIn(join(folder, 'after'))).toEqual(files)
  // The month after looks back on what was issued, not on the books.
  const next = (await api(`/months/${CURRENT}/facts`)) as {
    journeys: { objectives: { before?: { month: string; bad: number }[] }[] }[]
  }
  expect(next.journeys[0]?.objectives[0]?.before?.at(-1)).toMatchObject({ month: MONTH, bad: badIn(first.facts) })

  // Issued again: why, and what differs; the first revision is still there.
  expect((await tabiji('report', 'reissue', MONTH)).exit).toBe(2)
  const again = await tabiji('report', 'reissue', MONTH, '--reason', 'a process handed in what it had kept')
  expect([again.exit, again.stdout]).toEqual([0, expect.stringContaining('issued as revision 2')])
  const page = await text(`/reports/${MONTH}/report.en.md`)
  expect(page).toContain('What changed with revision 2')
  expect(page).toContain('Reason: a process handed in what it had kept')
  expect(page).toContain(`| journeys.checkout.objectives.availability.bad | ${badIn(first.facts)} | ${badIn(live)} |`)
  expect((await asked('report', 'diff', MONTH, '1', '2')).stdout).toContain(
    'journeys.checkout.objectives.availability.bad',
  )
  expect((await asked('report', 'write', MONTH, '--out', 'second')).exit).toBe(0)
  const second = filesIn(join(folder, 'second'))
  expect(second).not.toEqual(files)

  // Killed: both revisions are what they were.
  daemon.child.kill('SIGKILL')
  await daemon.end()
  daemon = await startDaemon(folder, ENV)
  for (const [revision, known] of [
    ['1', files],
    ['2', second],
  ] as const) {
    const out = `revision-${revision}`
    expect((await asked('report', 'write', MONTH, '--revision', revision, '--out', out)).exit).toBe(0)
    expect(filesIn(join(folder, out))).toEqual(known)
  }
  expect((await asked('report', 'list')).stdout).toMatch(new RegExp(`${MONTH} +issued r2 .* sato`))
  expect((await asked('audit', 'list')).stdout).toContain(`/reports/${MONTH}/reissue`)
}, 600_000)

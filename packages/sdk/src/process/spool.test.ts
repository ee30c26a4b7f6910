import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Registry } from 'prom-client'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { SdkProblem } from '../event/dropped.ts'
import { createRecorder, type Recorder } from '../recorder.ts'
import { listeningCollector, status } from '../testing/collector.ts'
import { scanJourney, step } from '../testing/journeys.ts'

const TOKEN = 'ingest-secret-0123456789'
const NOBODY = 'http://127.0.0.1:9'
const journeys = scanJourney(step('upload'))
const open: { close(): Promise<void> }[] = []
let spool = ''

beforeEach(() => {
  spool = mkdtempSync(join(tmpdir(), 'tabiji-spool-'))
})
afterEach(async () => {
  await Promise.all(open.splice(0).map((each) => each.close()))
  rmSync(spool, { recursive: true, force: true })
})

function start(url: string, { service = 'scanner', folder = spool } = {}) {
  const problems: SdkProblem[] = []
  const handOver = { url, token: TOKEN, spool: folder }
  const onProblem = (problem: SdkProblem) => void problems.push(problem)
  const recorder = createRecorder(journeys, { registry: new Registry(), service, handOver, onProblem })
  return { recorder: recorder as Recorder, problems }
}

async function listening(...answers: Parameters<typeof listeningCollector>) {
  const collector = await listeningCollector(...answers)
  open.push(collector)
  return collector
}

/** A process that counted and found no collector at its end. */
async function leaveBehind(events: number, service = 'scanner'): Promise<Recorder> {
  const { recorder } = start(NOBODY, { service })
  for (let i = 0; i < events; i++) recorder.tally('scan', 'upload')('good', 5)
  expect(await recorder.close()).toMatchObject({ accepted: false, spooled: true })
  return recorder
}

const until = (check: () => void) => vi.waitFor(check, { timeout: 10_000, interval: 20 })

describe('counters that could not be handed over', () => {
  test('wait in one file that only its owner reads and that holds no token', async () => {
    const { processId } = await leaveBehind(3)
    expect(readdirSync(spool)).toEqual([`${processId}.3.json`])
    const file = join(spool, `${processId}.3.json`)
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(readFileSync(file, 'utf8')).not.toContain(TOKEN)
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({
      processId,
      final: true,
      steps: [{ counts: [3, 0, 0, 0] }],
    })
  })

  test('are one file however often they are said, and the newest alone stays', async () => {
    const recorder = await leaveBehind(1)
    await recorder.close()
    recorder.tally('scan', 'upload')('good', 5)
    await recorder.close()
    expect(readdirSync(spool)).toEqual([`${recorder.processId}.2.json`])
  })

  test('are forgotten when the same process can hand them over after all', async () => {
    const collector = await listening(status(503), status(503), status(200))
    const { recorder } = start(collector.url)
    recorder.tally('scan', 'upload')('good', 5)
    await recorder.close()
    expect(readdirSync(spool)).toHaveLength(1)
    recorder.tally('scan', 'upload')('good', 5)
    expect(await recorder.close()).toEqual({ accepted: true })
    expect(readdirSync(spool)).toEqual([])
  })

  test('are lost and told as such where the folder cannot be written', async () => {
    const file = join(spool, 'a-file')
    writeFileSync(file, '')
    const { recorder, problems } = start(NOBODY, { folder: join(file, 'below') })
    expect(await recorder.close()).toEqual({ accepted: false, reason: 'unreachable', code: expect.any(String) })
    expect(problems.map(({ message }) => message)).toContain(
      'The final counters could not be written to the spool: ENOTDIR.',
    )
  })
})

describe('the next start', () => {
  test('hands over what waits, says how old it is, and deletes it once it was taken', async () => {
    const { processId } = await leaveBehind(3)
    const collector = await listening(status(200))
    start(collector.url)
    await until(() => expect(readdirSync(spool)).toEqual([]))
    expect(collector.posts).toMatchObject([
      { authorization: `Bearer ${TOKEN}`, body: { processId, final: true, steps: [{ counts: [3, 0, 0, 0] }] } },
    ])
    const [{ body } = { body: undefined }] = collector.posts
    const { at, sentAt } = body as { at: string; sentAt: string }
    expect(Date.parse(sentAt)).toBeGreaterThanOrEqual(Date.parse(at))
  })

  test('tries again while the collector is away', async () => {
    await leaveBehind(3)
    const collector = await listening(status(503), status(503), status(200))
    start(collector.url)
    await until(() => expect(collector.posts).toHaveLength(2))
    expect(readdirSync(spool)).toHaveLength(1)
    await until(() => expect(readdirSync(spool)).toEqual([]))
  })

  test('keeps aside what can never be taken, goes on with the rest, and says so', async () => {
    const { processId } = await leaveBehind(3)
    await leaveBehind(4)
    const collector = await listening(status(400), status(200))
    const { problems } = start(collector.url)
    await until(() => expect(readdirSync(spool)).toEqual([`${processId}.3.json.refused`]))
    expect(problems).toEqual([
      {
        kind: 'spool',
        message: `The collector refused ${processId}.3.json with HTTP 400; it is kept as ${processId}.3.json.refused.`,
      },
    ])
  })

  test('keeps what a wrong token or address kept from being taken', async () => {
    await leaveBehind(3)
    const collector = await listening(status(401))
    const { problems } = start(collector.url)
    await until(() => expect(problems.map(({ kind }) => kind)).toEqual(['spool']))
    expect(readdirSync(spool)).toEqual([expect.stringMatching(/\.3\.json$/)])
  })

  test('leaves alone what another service left, and what is no file of ours', async () => {
    const other = await leaveBehind(3, 'other')
    writeFileSync(join(spool, 'notes.txt'), 'mine')
    writeFileSync(join(spool, 'x.1.json'), '{"schema": "tabiji.hand-over/v1", "service"')
    await leaveBehind(4)
    const collector = await listening(status(200))
    start(collector.url)
    await until(() =>
      expect(readdirSync(spool).sort()).toEqual([`${other.processId}.3.json`, 'notes.txt', 'x.1.json'].sort()),
    )
    expect(collector.posts).toHaveLength(1)
  })
})

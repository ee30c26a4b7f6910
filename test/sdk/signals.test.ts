import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { Agent, get } from 'node:http'
import { connect } from 'node:net'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { listeningCollector, type Posted, status } from '../../packages/sdk/src/testing/collector.ts'

const PROGRAM = fileURLToPath(new URL('./testing/service.mjs', import.meta.url))
// Each test starts a process, which takes long on a busy machine.
vi.setConfig({ testTimeout: 30_000 })

const children: ChildProcess[] = []
const collectors: { close(): Promise<void> }[] = []

afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
  await Promise.all(collectors.splice(0).map((each) => each.close()))
})

type Told = { readonly graceMs?: number; readonly ownListener?: boolean; readonly untouched?: boolean }

/** The service in its own process, the collector in this one. */
async function startService(told: Told = {}) {
  const collector = await listeningCollector(status(200))
  collectors.push(collector)
  const child = fork(PROGRAM, [JSON.stringify({ collector: collector.url, graceMs: 10_000, ...told })])
  children.push(child)
  const said: unknown[] = []
  child.on('message', (message) => void said.push(message))
  const until = async (text: RegExp): Promise<string> => {
    for (;;) {
      const found = said.map(String).find((each) => text.test(each))
      if (found !== undefined) return found
      await once(child, 'message')
    }
  }
  const port = Number(await until(/^\d+$/))
  return { child, posts: collector.posts, until, port, exited: once(child, 'exit') }
}

/** A request on a connection that its client keeps alive. */
async function request(port: number): Promise<number | string> {
  const agent = new Agent({ keepAlive: true })
  const [answer] = await once(get({ port, host: '127.0.0.1', path: '/start', agent }), 'response').catch(
    (error: NodeJS.ErrnoException) => [error.code],
  )
  if (typeof answer === 'string') return answer
  answer.resume()
  return answer.statusCode
}

/** Connects again and again until the service accepts no more, which is how its having got the signal shows. */
async function untilRefused(port: number): Promise<void> {
  for (;;) {
    const probe = connect(port, '127.0.0.1')
    const refused = await Promise.race([
      once(probe, 'connect').then(() => false),
      once(probe, 'close').then(() => true),
    ]).catch(() => true)
    probe.destroy()
    if (refused) return
  }
}

const steps = (posts: readonly Posted[]) => posts.map(({ body }) => body)
const counts = (start: readonly number[], process: readonly number[]) => ({
  service: 'scanner',
  steps: [
    { journey: 'scan', step: 'start', counts: start },
    { journey: 'scan', step: 'process', counts: process },
  ],
})

describe('a service that closes on signals', () => {
  test('lets an open request end, hands its count over and exits with 143', async () => {
    const { child, posts, until, port, exited } = await startService()
    const answered = request(port)
    await until(/reached/)
    child.kill('SIGTERM')
    await untilRefused(port)
    expect(posts).toEqual([])
    child.send('answer')
    expect(await answered).toBe(200)
    expect(await exited).toEqual([143, null])
    expect(steps(posts)).toMatchObject([counts([1, 0, 0, 0], [0, 0, 0, 0])])
  })

  test('books what is open at the end of the grace as errors and exits with 130', async () => {
    const { child, posts, until, port, exited } = await startService({ graceMs: 150 })
    child.send('job')
    const answered = request(port)
    await until(/reached/)
    child.kill('SIGINT')
    expect(await answered).toBe('ECONNRESET')
    expect(await exited).toEqual([130, null])
    expect(steps(posts)).toMatchObject([counts([0, 0, 1, 0], [0, 0, 1, 0])])
  })

  test('ends the grace at the second signal', async () => {
    const { child, posts, until, port, exited } = await startService({ graceMs: 600_000 })
    const answered = request(port)
    await until(/reached/)
    child.kill('SIGTERM')
    await untilRefused(port)
    child.kill('SIGTERM')
    expect(await answered).toBe('ECONNRESET')
    expect(await exited).toEqual([143, null])
    expect(posts).toHaveLength(1)
  })

  test('leaves the end to the app when the app listens too', async () => {
    const { child, posts, until, exited } = await startService({ ownListener: true })
    child.kill('SIGTERM')
    await until(/cleaned up/)
    expect(await exited).toEqual([143, null])
    expect(posts).toHaveLength(1)
  })
})

test('a recorder that was not told to close on signals leaves them as they are', async () => {
  const { child, posts, exited } = await startService({ untouched: true })
  child.kill('SIGTERM')
  expect(await exited).toEqual([null, 'SIGTERM'])
  expect(posts).toEqual([])
})

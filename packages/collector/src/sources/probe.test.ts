import { performance } from 'node:perf_hooks'
import { expect, test } from 'vitest'
import type { LookUp } from '../wire/guarded-lookup.ts'
import { createProber } from './probe.ts'

/** Runs a probe of a name, found as `lookUp` says, by clocks that the test has. */
async function found(lookUp: LookUp, clocks: { now?: () => number } = {}) {
  const settings = { references: [], maxBytes: 10_000 }
  const around = { now: Date.now, monotonic: () => performance.now(), lookUp, ...clocks }
  const prober = createProber(settings, around)
  const step = { step: 'login', method: 'GET', url: 'http://studio.test/login', headers: {}, timeoutMs: 5_000 }
  const plan = {
    ...{ name: 'outside', journey: 'measure', intervalMs: 60_000, timeoutMs: 10_000, secrets: {}, certificateMs: 0 },
    redirects: { most: 5, to: [] },
    steps: [{ ...step, expect: { headers: {}, json: [], contains: [] }, capture: [] }],
  }
  return prober.run(plan, new Map([['login', 1_000]]), new AbortController().signal)
}

const failing =
  (code: string): LookUp =>
  (_host, _options, callback) => {
    callback(Object.assign(new Error(code), { code }), [])
  }

test.each(['EAI_AGAIN', 'EMFILE', 'ENETUNREACH', 'ENFILE', 'ENOBUFS', 'EADDRNOTAVAIL'])(
  '%s is a trouble of this machine and no event',
  async (code) => {
    const run = await found(failing(code))
    expect(run).toMatchObject({ outcome: 'inconclusive', why: `login: this machine could not send it (${code})` })
  },
)

test('a name that DNS says does not exist is the service’s failure: DNS has answered', async () => {
  expect(await found(failing('ENOTFOUND'))).toMatchObject({ outcome: 'error' })
})

test('a name that leads to a metadata address is never called, and says nothing', async () => {
  const run = await found((_host, _options, callback) => callback(null, [{ address: '169.254.169.254', family: 4 }]))
  expect(run).toMatchObject({
    outcome: 'inconclusive',
    why: expect.stringContaining('metadata addresses are never called'),
  })
})

test('a run in which the machine slept says nothing', async () => {
  let slept = 0
  const now = () => Date.now() + slept
  const run = await found(
    (...[, , callback]) => {
      slept = 3_600_000
      callback(Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }), [])
    },
    { now },
  )
  expect(run).toMatchObject({
    outcome: 'inconclusive',
    why: 'login: the clock jumped, or this machine slept, while it ran',
  })
})

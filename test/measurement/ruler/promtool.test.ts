import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { runTabiji } from '../ledger/testing/daemon.ts'
import { WITHOUT_PROMETHEUS } from './testing/prometheus.ts'

/** Every kind of objective: of a journey and of a step, each indicator, both windows, own pairs by factor and by share. */
const JOURNEYS = `timeZone: Asia/Tokyo
classes: { read: 300ms, write: 1s, heavy: 20s }
policy: { milestones: [50, 100] }
journeys:
  measure-feet:
    title: { en: 'Measure {{ feet }}', ja: '足を計測する' }
    owner: 'on'
    runbook: https://wiki.example.org/measure-feet
    alerts:
      errors > 10 in 5m: 1
      errors > 2.5 % in 15m: { level: 2, atLeast: 40, note: 'Ask {{ them }}.' }
      events < 3 in 1h: 3
      no events for 15m: 2
      target absent for 5m: { level: 1, name: gone }
      events > 1000 in 1m: 3
      errors > 0 in 30s: 3
      errors > 100 % in 5m: { level: 3, name: never }
    objectives:
      availability: 99.5
      process.latency: { target: 95, window: month, policy: { pairs: [{ level: 3, long: 1h, short: 5m, spends: 1% }] } }
    steps:
      start: { http: POST /v1/scans, within: write, alerts: { slow > 5 % for 10m: 2, excluded > 3 in 5m for 10m: 3 } }
      process: { job: true, within: heavy }
  view-result:
    title: { en: View a result, ja: 結果を見る }
    owner: app-team
    runbook: https://wiki.example.org/view-result
    window: 7d
    objectives:
      experience:
        target: 90
        policy:
          pairs: [{ level: 1, long: 7m, short: 45s, factor: 4.2 }, { level: 2, long: 2h, short: 10m, factor: 2 }]
          guard: { badEvents: 20, confidence: 99 }
          keep: 30s
    steps: { read: { http: 'GET /v1/scans/:id', within: read } }
`

/** Few rules, so that many wrong ones are tried soon. */
const SMALL = `timeZone: Asia/Tokyo
classes: { read: 300ms, write: 1s, heavy: 20s }
policy: { pairs: [{ level: 1, long: 1h, short: 5m, factor: 14.4 }], milestones: [50] }
journeys:
  checkout:
    title: { en: Check out, ja: 購入 }
    alerts: { 'errors > 10 in 5m': 1, 'no events for 15m': 2, 'excluded > 30 % in 15m': { level: 3, atLeast: 100 } }
    objectives: { availability: 99.5 }
    steps:
      cart: { http: POST /cart, within: write, alerts: { slow > 5 % for 10m: 2 } }
      pay: { http: POST /orders, within: write }
`

function promtool(...words: readonly string[]) {
  const { status, stdout, stderr } = spawnSync('promtool', words, { encoding: 'utf8' })
  return { status, said: `${stdout}${stderr}` }
}

const folder = mkdtempSync(join(tmpdir(), 'tabiji-rules-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Has the rules of a journeys file written into a folder of its own, one by one and all in a file. */
async function write(name: string, journeys: string): Promise<string> {
  const own = join(folder, name)
  mkdirSync(own)
  writeFileSync(join(own, 'journeys.yaml'), journeys)
  expect(await runTabiji(own, 'rules', '--out', 'rules')).toMatchObject({ exit: 0 })
  writeFileSync(join(own, 'all.yaml'), (await runTabiji(own, 'rules')).stdout)
  return own
}

function writtenIn(own: string) {
  const pathsIn = (path: string, ending: string) =>
    readdirSync(join(own, path)).flatMap((name) => (name.endsWith(ending) ? [join(own, path, name)] : []))
  return {
    rules: pathsIn('rules', '.rules.yaml'),
    tests: pathsIn('rules/tests', '.test.yaml'),
    all: join(own, 'all.yaml'),
  }
}

/** Written once: each wrong variant is made of a copy. */
const small = WITHOUT_PROMETHEUS ? Promise.resolve('') : write('small', SMALL)

test.skipIf(WITHOUT_PROMETHEUS)(
  'promtool accepts the rules, and they pass the tests that were written with them',
  async () => {
    const { rules, tests, all } = writtenIn(await write('all', JOURNEYS))
    expect(promtool('check', 'rules', '--lint-fatal', ...rules, all)).toMatchObject({ status: 0 })
    expect(tests.length).toBe(16)
    expect(promtool('test', 'rules', ...tests)).toMatchObject({ status: 0 })
    expect(promtool('test', 'rules', ...writtenIn(await small).tests)).toMatchObject({ status: 0 })
  },
  180_000,
)

test.skipIf(WITHOUT_PROMETHEUS).each([
  ['a limit that is too low', '> 0.072', '> 0.07'],
  ['a short window that is not asked', /ratio_rate5m(.*) > 0\.072/g, 'ratio_rate5m$1 >= 0'],
  ['a guard that asks for nothing', '>= 3', '>= 0'],
  ['a number that is too high', 'outcome=~"error"}) > 10', 'outcome=~"error"}) > 40'],
  ['a number that is too low', 'outcome=~"error"}) > 10', 'outcome=~"error"}) > 5'],
  ['a share of another size', '> 0.3\n', '> 0.4\n'],
  ['a share of a handful', '>= 100', '>= 1'],
  ['a rule of one step that counts all of them', /,step="cart",outcome/g, ',outcome'],
  ['silence that is rung by one event', ' < 1\n', ' < 0\n'],
  ['a milestone that is not where it was promised', '> 0.5\n', '> 0.6\n'],
])(
  'the tests find %s',
  async (name, right, wrong) => {
    cpSync(await small, join(folder, name), { recursive: true })
    const { rules, tests } = writtenIn(join(folder, name))
    const [file = ''] = rules
    const text = readFileSync(file, 'utf8')
    const broken = text.replaceAll(right, wrong)
    expect(broken).not.toBe(text)
    writeFileSync(file, broken)
    expect(promtool('test', 'rules', ...tests)).toMatchObject({ status: 1, said: expect.stringContaining('FAILED') })
  },
  60_000,
)

import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { blocksOf } from './testing/blocks.ts'

const ROOT = join(import.meta.dirname, '../..')
const blocks = blocksOf(join(ROOT, 'docs/guides/classifying.md'))

/** Around the guide's code: what a service or a test has there already. */
const BEFORE = `import { createRecorder, defineJourneys } from '@tabiji/sdk'
import { Registry } from 'prom-client'
const journeys = defineJourneys({
  timeZone: 'Asia/Tokyo',
  journeys: {
    'measure-feet': {
      steps: {
        upload: { http: 'PUT /v1/measurements/:id/photo', within: '1s' },
        process: { job: true, within: '20s' },
      },
    },
  },
})
const registry = new Registry()
`

function run(code: string) {
  const cache = join(ROOT, 'node_modules/.cache')
  mkdirSync(cache, { recursive: true })
  const folder = mkdtempSync(join(cache, 'classifying-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  writeFileSync(join(folder, 'guide.mjs'), `${BEFORE}${code}`)
  return spawnSync(process.execPath, [join(folder, 'guide.mjs')], { encoding: 'utf8' })
}

const [counting = '', examples = '', testing = ''] = blocks
  .filter(({ language }) => language === 'ts')
  .map(({ text }) => text)

test('coverage is what the guide says', () => {
  expect(counting).toContain('recorder.coverage()')
  const { stdout, stderr } = run(`${examples.replace('recorder.coverage()', 'const coverage = recorder.coverage()')}
console.log(JSON.stringify([Object.keys(recorder.coverage()), coverage]))`)
  expect(stderr).toBe('')
  expect(JSON.parse(stdout)).toEqual([['requests', 'inJourneys', 'outside', 'examples'], []])
})

test('a test by the guide sees what the guide says, and what it did not come to', () => {
  const code = testing.replace('await outcomes()', 'const seen = await outcomes()')
  const { stdout, stderr } = run(`${code}
await assertAllStepsExercised().catch((error) => console.log(JSON.stringify([seen, error.message.split('\\n').slice(0, 2)])))`)
  expect(stderr).toBe('')
  const said = blocks.find(({ text }) => text.startsWith('Expected every step'))
  expect(JSON.parse(stdout)).toEqual([
    [{ journey: 'measure-feet', step: 'process', outcome: 'slow', elapsedMs: 20_001 }],
    (said?.text ?? '').trimEnd().split('\n'),
  ])
})

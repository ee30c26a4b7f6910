import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { listeningCollector, status } from '../../packages/sdk/src/testing/collector.ts'
import { blocksOf } from '../docs/testing/blocks.ts'
import { NODES, nodeProgram } from './testing/nodes.ts'
import { lend, type Project, projectWithSdk, ROOT, run } from './testing/project.ts'

const README = join(ROOT, 'packages/sdk/README.md')
const [journeys = '', service = ''] = blocksOf(README).flatMap(({ language, text }) =>
  language === 'ts' ? [text] : [],
)

let project: Project
let collector: Awaited<ReturnType<typeof listeningCollector>>

beforeAll(async () => {
  collector = await listeningCollector(status(200))
  project = projectWithSdk()
  lend(project, 'express', 'prom-client', '@types/express', '@types/node')
})
afterAll(async () => {
  project.remove()
  await collector.close()
})

test('every door stands in its table', () => {
  const manifest = JSON.parse(readFileSync(join(ROOT, 'packages/sdk/package.json'), 'utf8')) as { exports: object }
  const rows = [...readFileSync(README, 'utf8').matchAll(/^\| `(@tabiji\/sdk[^`]*)` \|/gm)].map(([, door]) => door)
  expect(rows.sort()).toEqual(
    Object.keys(manifest.exports)
      .map((door) => `@tabiji/sdk${door.slice(1)}`)
      .sort(),
  )
})

describe.sequential('the quick start, as its text says', () => {
  test('compiles as strictly as our own code, with the types of the tarball', () => {
    expect([service.includes('listen(3000,'), service.includes('http://127.0.0.1:7071')]).toEqual([true, true])
    project.write('journeys.ts', journeys)
    project.write(
      'service.ts',
      service
        .replace('listen(3000,', 'listen(0,')
        .replace('http://127.0.0.1:7071', collector.url)
        .concat(`
server.on('listening', () => console.log(JSON.stringify(server.address())))
`),
    )
    project.write(
      'tsconfig.json',
      JSON.stringify({
        extends: join(ROOT, 'tsconfig.base.json'),
        compilerOptions: { types: ['node'], composite: false, declarationMap: false, skipLibCheck: false },
        include: ['*.ts'],
      }),
    )
    expect(run(process.execPath, [join(ROOT, 'node_modules/typescript/bin/tsc'), '-p', '.'], project.folder)).toBe('')
  })

  test('refuses to compile a step that does not exist', () => {
    const slip = service.replace("'upload'", "'uplaod'")
    expect(slip).not.toBe(service)
    project.write('slip.ts', slip)
    const compile = () =>
      run(process.execPath, [join(ROOT, 'node_modules/typescript/bin/tsc'), '-p', '.', '--noEmit'], project.folder)
    expect(compile).toThrow(/slip\.ts.*"uplaod"|slip\.ts.*'"uplaod"'/)
  })

  test.each(NODES)('measures real requests on Node %s, and hands the last ones over', async (version) => {
    const { child, port } = await start(nodeProgram(version))
    const url = `http://127.0.0.1:${port}`
    const { id } = (await (await fetch(`${url}/scans`, { method: 'POST' })).json()) as { id: string }
    await expect.poll(async () => (await fetch(`${url}/scans/${id}`)).status, { timeout: 20_000 }).toBe(200)
    expect((await fetch(`${url}/scans/none`)).status).toBe(404)
    const counted = async (step: string) => {
      const text = await (await fetch(`${url}/metrics`)).text()
      return text
        .split('\n')
        .filter((line) => line.startsWith('journey_step_events_total') && line.includes(`"${step}"`))
    }
    const line = (step: string, outcome: string, count: number) =>
      `journey_step_events_total{journey="measure-feet",step="${step}",outcome="${outcome}"} ${count}`
    await expect.poll(() => counted('process'), { timeout: 20_000 }).toContain(line('process', 'good', 1))
    expect(await counted('upload')).toEqual([
      line('upload', 'good', 1),
      ...['slow', 'error', 'excluded'].map((outcome) => line('upload', outcome, 0)),
    ])

    child.kill('SIGTERM')
    expect(await once(child, 'close')).toEqual([143, null])
    const upload = { journey: 'measure-feet', step: 'upload', counts: [1, 0, 0, 0] }
    expect(collector.posts.at(-1)?.body).toMatchObject({ service: 'scans', final: true, steps: [upload, {}, {}] })
  })
})

/** Starts the compiled service and waits until it listens. */
async function start(node: string): Promise<{ readonly child: ChildProcess; readonly port: number }> {
  const child = spawn(node, ['service.js'], { cwd: project.folder, stdio: ['ignore', 'pipe', 'pipe'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  let complaint = ''
  child.stderr.on('data', (chunk) => {
    complaint += String(chunk)
  })
  const first = await new Promise<string>((resolve, reject) => {
    createInterface(child.stdout).once('line', resolve)
    child.once('close', (code) => reject(new Error(`The service ended with ${code}: ${complaint}`)))
  })
  expect(complaint).toBe('')
  return { child, port: (JSON.parse(first) as { port: number }).port }
}

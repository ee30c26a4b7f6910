import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { blocksOf } from './testing/blocks.ts'

const ROOT = join(import.meta.dirname, '../..')
const running: ChildProcess[] = []
let project = ''

beforeAll(() => {
  // Below the workspace's modules, so that the packages are found as if they were installed.
  const cache = join(ROOT, 'node_modules/.cache')
  mkdirSync(cache, { recursive: true })
  project = mkdtempSync(join(cache, 'journey-context-'))
})

afterAll(async () => {
  const ended = running.map((child) => new Promise((done) => child.once('close', done)))
  for (const child of running) child.kill('SIGTERM')
  await Promise.all(ended)
  rmSync(project, { recursive: true, force: true })
})

function write(): void {
  for (const { language, text } of blocksOf(join(ROOT, 'docs/guides/journey-context.md'))) {
    const [, name] = /^\/\/ (\w+\.ts)\n/.exec(text) ?? []
    if (language === 'ts' && name !== undefined) writeFileSync(join(project, name), text)
  }
  writeFileSync(join(project, 'package.json'), '{ "type": "module" }')
  const typeRoots = [join(ROOT, 'node_modules/@types')]
  const compilerOptions = { types: ['node'], typeRoots, composite: false, declarationMap: false }
  const config = { extends: join(ROOT, 'tsconfig.base.json'), compilerOptions, include: ['*.ts'] }
  writeFileSync(join(project, 'tsconfig.json'), JSON.stringify(config))
}

async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve))
  const { port } = probe.address() as AddressInfo
  await new Promise((resolve) => probe.close(resolve))
  return port
}

async function start(script: string, more: Record<string, string> = {}): Promise<string> {
  const port = await freePort()
  const env = { ...process.env, JOURNEY_KEY: 'a key that both services have', PORT: String(port), ...more }
  const child = spawn(process.execPath, [script], { cwd: project, env, stdio: ['ignore', 'pipe', 'inherit'] })
  running.push(child)
  await new Promise((resolve, reject) => {
    createInterface(child.stdout).once('line', resolve)
    child.once('close', (code) => reject(new Error(`${script} ended with ${code}`)))
  })
  return `http://127.0.0.1:${port}`
}

test('the three files of the guide compile, run, and count a photo for both journeys', async () => {
  write()
  const tsc = spawnSync(process.execPath, [join(ROOT, 'node_modules/typescript/bin/tsc'), '-p', project], {
    encoding: 'utf8',
  })
  expect(tsc.stdout).toBe('')
  const storage = await start('storage.js')
  const web = await start('web.js', { STORAGE_URL: storage })
  expect((await fetch(`${web}/photos`, { method: 'POST' })).status).toBe(201)
  // Asked for without a journey, and with one that nobody sealed.
  await fetch(`${storage}/photos`, { method: 'PUT' })
  await fetch(`${storage}/photos`, { method: 'PUT', headers: { baggage: 'tabiji=measure-feet.send;v=01234567' } })
  const sum = async (metric: string) => {
    const lines = (await (await fetch(`${storage}/metrics`)).text())
      .split('\n')
      .filter((line) => line.startsWith(metric))
    return lines.reduce((total, line) => total + Number(line.split(' ').at(-1)), 0)
  }
  await expect.poll(() => sum('journey_step_events_total{journey="keep-photos"'), { timeout: 20_000 }).toBe(3)
  expect(await sum('journey_dependency_events_total{journey="measure-feet",service_step="keep-photos.put"')).toBe(1)
  expect(await sum('journey_sdk_dropped_total{reason="untrusted"}')).toBe(1)
})

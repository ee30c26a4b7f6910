import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { blocksOf } from './testing/blocks.ts'

const ROOT = join(import.meta.dirname, '../..')
const APPS = ['express', 'fastify', 'koa', 'hono', 'nest', 'node']

/** Somebody's project: below the workspace's modules, so that the packages are found as if they were installed. */
let project = ''
const ports = new Map<string, number>()
const children: ChildProcess[] = []

/** The guide's files by the name in their first line. */
const files = new Map(
  blocksOf(join(ROOT, 'docs/guides/frameworks.md')).flatMap(({ language, text }) => {
    const [, name] = /^\/\/ ([\w-]+)\.ts$/m.exec(text) ?? []
    return language === 'ts' && name !== undefined ? [[name, text] as const] : []
  }),
)

beforeAll(async () => {
  const cache = join(ROOT, 'node_modules/.cache')
  mkdirSync(cache, { recursive: true })
  project = mkdtempSync(join(cache, 'frameworks-'))
  const write = (name: string, text: string) => writeFileSync(join(project, name), text)
  write('package.json', '{ "type": "module" }')
  for (const [name, text] of files) {
    const port = await freePort()
    ports.set(name, port)
    write(`${name}.ts`, text.replace('3000', String(port)))
  }
  const compilerOptions = {
    types: ['node'],
    typeRoots: [join(ROOT, 'node_modules/@types')],
    composite: false,
    declarationMap: false,
    // What Nest's users have.
    experimentalDecorators: true,
  }
  const extended = { extends: join(ROOT, 'tsconfig.base.json'), compilerOptions, include: ['*.ts'] }
  write('tsconfig.json', JSON.stringify(extended))
})

afterAll(async () => {
  for (const child of children) child.kill('SIGKILL')
  await Promise.all(children.map((child) => child.exitCode ?? child.signalCode ?? once(child, 'exit')))
  rmSync(project, { recursive: true, force: true })
})

test('the guide shows every framework, and its code compiles as strictly as our own', () => {
  expect([...files.keys()]).toEqual(['journeys', ...APPS.map((name) => `${name}-app`)])
  const { stdout } = spawnSync(process.execPath, [join(ROOT, 'node_modules/typescript/bin/tsc')], {
    cwd: project,
    encoding: 'utf8',
  })
  expect(stdout).toBe('')
})

test.each(APPS)('%s: its app counts what it is sent', async (name) => {
  const child = spawn(process.execPath, [`${name}-app.js`], { cwd: project, stdio: ['ignore', 'inherit', 'inherit'] })
  children.push(child)
  const url = `http://127.0.0.1:${ports.get(`${name}-app`)}`
  const metrics = async () => {
    const text = await fetch(`${url}/metrics`).then(
      (answer) => answer.text(),
      () => '',
    )
    const line = /^journey_step_events_total\{journey="checkout",step="(\w+)",outcome="good"\} (\d+)$/gm
    return [...text.matchAll(line)].map(([, step, count]) => `${step} ${count}`)
  }
  await expect.poll(metrics, { timeout: 30_000 }).toEqual(['pay 0', 'status 0'])
  expect((await fetch(`${url}/orders`, { method: 'POST' })).status).toBe(201)
  for (const id of [7, 8]) expect((await fetch(`${url}/orders/${id}`)).status).toBe(200)
  await expect.poll(metrics, { timeout: 30_000 }).toEqual(['pay 1', 'status 2'])
})

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  return typeof address === 'object' && address !== null ? address.port : 0
}

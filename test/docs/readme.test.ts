import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { blocksOf } from './testing/blocks.ts'

const ROOT = join(import.meta.dirname, '../..')
const TABIJI = join(ROOT, 'packages/collector/bin/tabiji.js')

/** Somebody's project: below the workspace's modules, so that the packages are found as if they were installed. */
let project = ''
const running: ChildProcess[] = []

beforeAll(() => {
  const cache = join(ROOT, 'node_modules/.cache')
  mkdirSync(cache, { recursive: true })
  project = mkdtempSync(join(cache, 'readme-'))
})

afterAll(async () => {
  await Promise.all(
    running.map(
      (child) =>
        new Promise((done) => {
          if (child.exitCode !== null || child.signalCode !== null) return done(undefined)
          child.once('close', done)
          child.kill('SIGTERM')
        }),
    ),
  )
  rmSync(project, { recursive: true, force: true })
})

/** Starts a program of the project and waits for the first line that it prints. */
function start(args: readonly string[]): Promise<string> {
  const child = spawn(process.execPath, args, { cwd: project, env: { ...process.env, SLACK_WEBHOOK_URL: SLACK } })
  running.push(child)
  return new Promise((resolve, reject) => {
    createInterface(child.stdout).once('line', resolve)
    let complaint = ''
    child.stderr.on('data', (chunk) => {
      complaint += String(chunk)
    })
    child.once('close', (code) => reject(new Error(`${args[0]} ended with ${code}: ${complaint}`)))
  })
}

const SLACK = 'http://127.0.0.1:9/services/T/B/X'

function tabiji(...args: readonly string[]) {
  const env = { ...process.env, SLACK_WEBHOOK_URL: SLACK }
  return spawnSync(process.execPath, [TABIJI, ...args], { cwd: project, encoding: 'utf8', env })
}

describe.sequential.each(['README.md', 'README.ja.md'])('five minutes by %s', (name) => {
  const blocks = blocksOf(join(ROOT, name))
  const [journeys = '', service = ''] = blocks.filter(({ language }) => language === 'ts').map(({ text }) => text)
  const config = blocks.find(({ language }) => language === 'yaml')?.text ?? ''

  test('its TypeScript compiles as strictly as ours', () => {
    writeFileSync(join(project, 'package.json'), '{ "type": "module" }')
    writeFileSync(join(project, 'journeys.ts'), journeys)
    writeFileSync(
      join(project, 'service.ts'),
      `${service}
import { writeFileSync } from 'node:fs'
import { exportJourneys } from '@tabiji/sdk'
writeFileSync('journeys.json', exportJourneys(journeys))
const server = app.listen(0, '127.0.0.1', () => console.log(JSON.stringify(server.address())))
`,
    )
    writeFileSync(
      join(project, 'tsconfig.json'),
      JSON.stringify({
        extends: join(ROOT, 'tsconfig.base.json'),
        compilerOptions: {
          types: ['node'],
          typeRoots: [join(ROOT, 'node_modules/@types')],
          composite: false,
          declarationMap: false,
        },
        include: ['*.ts'],
      }),
    )
    const tsc = spawnSync(process.execPath, [join(ROOT, 'node_modules/typescript/bin/tsc'), '-p', project], {
      encoding: 'utf8',
    })
    expect(tsc.stdout).toBe('')
  })

  test('a request to the service is a number in the collector', async () => {
    const { port } = JSON.parse(await start(['service.js'])) as { port: number }
    // Ports and pace are the test's; everything else is the README's.
    const mine = config.replace(':3000', `:${port}`).concat(`
scrape: { interval: 1s, timeout: 1s }
evaluation: { interval: 1s }
listen: { api: { port: 0 }, ingest: { port: 0 } }
`)
    rmSync(join(project, 'tabiji.db'), { force: true })
    writeFileSync(join(project, 'tabiji.yaml'), mine)
    expect(tabiji('check')).toMatchObject({ status: 0 })
    const { api } = JSON.parse(await start([TABIJI, 'up', '--json', '--log-level', 'silent'])) as { api: string }
    // Ordered again until it shows: what was ordered before the collector first looked is none of its books.
    const status = async () => {
      await fetch(`http://127.0.0.1:${port}/orders`, { method: 'POST' })
      return tabiji('status', '--url', api).stdout
    }
    await expect.poll(status, { timeout: 40_000, interval: 500 }).toContain('100.000 %')
    running.splice(0).map((child) => child.kill('SIGTERM'))
  })
})

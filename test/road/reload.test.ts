import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { exportJourneys } from '@tabiji/sdk'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { journeys } from './testing/shop.ts'

const TABIJI = join(import.meta.dirname, '../../packages/collector/bin/tabiji.js')

/** A real daemon, told by a real signal to take its journeys file anew. */
describe.sequential('a running collector', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tabiji-reload-'))
  const file = join(folder, 'journeys.json')
  let daemon: ChildProcess
  let api = ''
  const log: string[] = []

  beforeAll(async () => {
    writeFileSync(file, exportJourneys(journeys))
    writeFileSync(join(folder, 'tabiji.yaml'), CONFIG)
    daemon = spawn(process.execPath, [TABIJI, 'up', '--json'], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] })
    if (daemon.stdout === null || daemon.stderr === null) throw new Error('Expected a daemon that can be heard')
    createInterface(daemon.stderr).on('line', (line) => log.push(line))
    const first = await new Promise<string>((resolve, reject) => {
      if (daemon.stdout !== null) createInterface(daemon.stdout).once('line', resolve)
      daemon.once('close', (code) => reject(new Error(`tabiji up ended with ${code}: ${log.join('\n')}`)))
    })
    api = (JSON.parse(first) as { api: string }).api
  })

  afterAll(async () => {
    await end()
    rmSync(folder, { recursive: true, force: true })
  })

  const end = () =>
    new Promise<number | null>((done) => {
      if (daemon.exitCode !== null || daemon.signalCode !== null) return done(daemon.exitCode)
      daemon.once('close', done)
      daemon.kill('SIGTERM')
    })

  const fingerprint = async () =>
    ((await (await fetch(`${api}/api/v1/journeys`)).json()) as { fingerprint: string }).fingerprint

  const heard = (text: string) =>
    expect.poll(() => log.some((line) => line.includes(text)), { timeout: 10_000 }).toBe(true)

  test('keeps its old file when the new one is broken, and says what is wrong with line and column', async () => {
    writeFileSync(file, exportJourneys(journeys).replace('"pay.latency": 95', '"pay.latency": 100'))
    daemon.kill('SIGHUP')
    await heard('the one before it stays in force')
    expect(log.join('\n')).toMatch(/journeys\.json:\d+:\d+/)
    expect(await fingerprint()).toBe(journeys.fingerprint)
    const ready = (await (await fetch(`${api}/readyz`)).json()) as { checks: { name: string; status: string }[] }
    expect(ready.checks.find(({ name }) => name === 'journeys')).toMatchObject({ status: 'degraded' })
  })

  test('takes the mended one', async () => {
    writeFileSync(file, exportJourneys(journeys).replace('"write": "1s"', '"write": "2s"'))
    daemon.kill('SIGHUP')
    await heard('the journeys file was loaded again')
    expect(await fingerprint()).not.toBe(journeys.fingerprint)
  })

  test('refuses a second daemon on the same file', async () => {
    const second = spawn(process.execPath, [TABIJI, 'up'], { cwd: folder })
    let complaint = ''
    second.stderr.on('data', (chunk) => {
      complaint += String(chunk)
    })
    const late = setTimeout(() => second.kill('SIGKILL'), 20_000)
    const code = await new Promise((done) => second.once('close', done))
    clearTimeout(late)
    expect([code, complaint]).toEqual([1, expect.stringContaining('another process')])
  })

  test('ends by SIGTERM with nothing left open', async () => {
    expect(await end()).toBe(0)
    await expect(fetch(`${api}/livez`)).rejects.toThrow()
  })
})

const CONFIG = `
journeys: journeys.json
store: tabiji.db
targets: [{ service: shop, url: 'http://127.0.0.1:9/metrics' }]
listen: { api: { port: 0 }, ingest: { port: 0 } }
`

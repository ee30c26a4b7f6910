import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { startDaemon, writeConfig } from '../ledger/testing/daemon.ts'

const TOKENS = ['first-token-0123456789', 'second-token-0123456789'] as const

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await pause(50)
}

test('a token whose file is replaced is shown after SIGHUP without a restart, and a broken file leaves the old one', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tabiji-rotation-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const shown: (string | undefined)[] = []
  const server = createServer((request, response) => {
    shown.push(request.headers.authorization)
    response.setHeader('content-type', 'text/plain; version=0.0.4').end('up 1\n')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  writeConfig(folder, `http://127.0.0.1:${(server.address() as AddressInfo).port}/metrics`)
  const file = join(folder, 'tabiji.yaml')
  writeFileSync(file, readFileSync(file, 'utf8').replace(' }]', ', tokenFile: token }]'))
  const token = join(folder, 'token')
  writeFileSync(token, TOKENS[0])
  const daemon = await startDaemon(folder)
  onTestFinished(() => void daemon.child.kill('SIGKILL'))
  const newest = () => shown.at(-1)
  const secrets = async () => {
    const { checks } = (await (await fetch(`${daemon.api}/readyz`)).json()) as {
      checks: { name: string; status: string }[]
    }
    return checks.find(({ name }) => name === 'secrets')?.status
  }
  await until(() => newest() === `Bearer ${TOKENS[0]}`)
  expect(await secrets()).toBe('ok')

  writeFileSync(token, 'short')
  daemon.child.kill('SIGHUP')
  await until(async () => (await secrets()) === 'degraded')
  expect(daemon.log.join('\n')).toMatch(/tokenFile.* at least 16 letters.*what it held before stays in force/)
  expect(daemon.log.join('\n')).not.toContain('short')
  const before = shown.length
  await until(() => shown.length >= before + 2)
  expect(newest()).toBe(`Bearer ${TOKENS[0]}`)

  writeFileSync(token, TOKENS[1])
  daemon.child.kill('SIGHUP')
  await until(() => newest() === `Bearer ${TOKENS[1]}`)
  await until(async () => (await secrets()) === 'ok')
  expect(await daemon.end()).toBe(0)
}, 120_000)

test('files are looked at without a signal, too', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tabiji-rotation-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  writeConfig(folder, 'http://127.0.0.1:9/metrics')
  const file = join(folder, 'tabiji.yaml')
  const door = `api: { port: 0, tokens: [{ name: duty, may: read, tokenFile: token }] }`
  writeFileSync(file, readFileSync(file, 'utf8').replace('api: { port: 0 }', door))
  writeFileSync(join(folder, 'token'), TOKENS[0])
  const daemon = await startDaemon(folder)
  onTestFinished(() => void daemon.child.kill('SIGKILL'))
  const asked = async (token: string) => {
    const headers = { authorization: `Bearer ${token}` }
    return (await fetch(`${daemon.api}/api/v1/months`, { headers })).status
  }
  expect([await asked(TOKENS[0]), await asked(TOKENS[1])]).toEqual([200, 401])
  writeFileSync(join(folder, 'token'), TOKENS[1])
  await until(async () => (await asked(TOKENS[1])) === 200)
  expect(await asked(TOKENS[0])).toBe(401)
  expect(await daemon.end()).toBe(0)
}, 120_000)

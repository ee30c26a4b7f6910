import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, onTestFinished, test, vi } from 'vitest'
import { startDaemon } from '../ledger/testing/daemon.ts'
import { openDesk } from './testing/desk.ts'
import { listening } from './testing/studio.ts'

const folder = mkdtempSync(join(tmpdir(), 'tabiji-certificates-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const openssl = (...words: string[]) => execFileSync('openssl', words, { cwd: folder, stdio: 'pipe' })
const NEW_KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-noenc']

/** A certificate authority of our own, and what it signed for loopback. */
openssl('req', '-x509', ...NEW_KEY, '-keyout', 'ca.key', '-out', 'ca.pem', '-days', '365', '-subj', '/CN=Our own')

function certificate(name: string, days: number) {
  const files = ['-keyout', `${name}.key`, '-out', `${name}.csr`]
  openssl('req', ...NEW_KEY, ...files, '-subj', '/CN=localhost', '-addext', 'subjectAltName=IP:127.0.0.1')
  const signed = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-copy_extensions', 'copy', '-days', String(days)]
  openssl('x509', '-req', '-in', `${name}.csr`, ...signed, '-out', `${name}.pem`)
  return { key: readFileSync(join(folder, `${name}.key`)), cert: readFileSync(join(folder, `${name}.pem`)) }
}

async function probed(days: number, more: object = { caFile: join(folder, 'ca.pem') }) {
  const server = createServer(certificate(`for-${days}-days`, days), (_request, response) => response.end('{}'))
  const url = await listening(server as never, 0, 'https')
  const steps = [{ step: 'login', url: `${url}/login` }]
  return openDesk({ name: 'outside', journey: 'measure', interval: '1m', steps, ...more }).run()
}

test('a certificate of our own authority is believed, and its end is told', async () => {
  const { run } = await probed(9)
  expect(run.outcome).toBe('good')
  expect(run.certificates).toHaveLength(1)
  const days = (Date.parse(run.certificates[0]?.expiresAt ?? '') - Date.now()) / 86_400_000
  expect(days).toBeGreaterThan(8.9)
  expect(days).toBeLessThanOrEqual(9)
})

test('one of an authority that nobody named is an error', async () => {
  const { run } = await probed(30, {})
  expect(run).toMatchObject({
    outcome: 'error',
    why: expect.stringMatching(/login: The connection failed \((SELF_SIGNED|UNABLE)/),
  })
})

test('one that has ended is an error', async () => {
  const { run } = await probed(-1)
  expect(run).toMatchObject({ outcome: 'error', why: expect.stringContaining('CERT_HAS_EXPIRED') })
})

test('the collector warns of a certificate that ends soon, and how soon that is may be said', async () => {
  const server = createServer(certificate('soon', 9), (_request, response) => response.end('{}'))
  const url = await listening(server as never, 0, 'https')
  const probe = { name: 'outside', journey: 'measure', interval: '1s', caFile: join(folder, 'ca.pem') }
  const steps = [{ step: 'login', url: `${url}/login` }]
  const messageOf = async (more: object) => {
    const desk = openDesk({ ...probe, steps, ...more })
    const daemon = await startDaemon(desk.folder)
    onTestFinished(() => void daemon.child.kill('SIGKILL'))
    const ask = async (path: string) => (await fetch(`${daemon.api}${path}`)).json()
    const runs = async () => ((await ask('/api/v1/probes/outside')) as { runs: { good: number } }).runs.good
    await vi.waitFor(async () => expect(await runs()).toBeGreaterThan(0), { timeout: 60_000, interval: 100 })
    const { checks } = (await ask('/readyz')) as { checks: { name: string; message: string }[] }
    await daemon.end()
    return checks.find(({ name }) => name === 'probes')?.message
  }
  expect(await messageOf({})).toBe('outside: the certificate of 127.0.0.1 ends in 8 days')
  expect(await messageOf({ certificate: '3d' })).toBe('all probes can see')
}, 120_000)

import { createServer, type ServerOptions } from 'node:https'
import type { AddressInfo } from 'node:net'
import { beforeAll, expect, onTestFinished, test } from 'vitest'
import type { Certificates } from '../wire/access.ts'
import { createOutgoing } from '../wire/outgoing.ts'
import { createAuthority, issue, type Pair } from '../wire/testing/certificates.ts'
import { createScrapeSource } from './scrape.ts'

const BODY = 'journey_step_events_total{journey="measure-feet",step="upload",outcome="good"} 3\n'

let authority: Pair
let server: Pair
let other: Pair
beforeAll(async () => {
  authority = await createAuthority()
  server = await issue(authority, ['127.0.0.1'])
  other = await createAuthority()
})

async function target(options: ServerOptions = server): Promise<string> {
  const https = createServer({ ...server, ...options }, (_, response) =>
    response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4', 'content-length': BODY.length }).end(BODY),
  )
  https.on('tlsClientError', () => {})
  await new Promise<void>((resolve) => https.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    https.closeAllConnections()
    https.close()
  })
  return `https://127.0.0.1:${(https.address() as AddressInfo).port}/metrics`
}

/** Read twice: once as if the connection were kept, and once as if it were not worth keeping. */
async function read(url: string, certificates?: Certificates) {
  const outgoing = createOutgoing()
  onTestFinished(() => outgoing.close())
  const results = []
  for (const intervalMs of [1_000, 60_000]) {
    const one = {
      service: 'scan',
      url,
      intervalMs,
      timeoutMs: 5_000,
      ...(certificates !== undefined && { trust: () => certificates }),
    }
    const source = createScrapeSource(one, outgoing, { maxBytes: 10_000, maxSeries: 10 }, Date.now)
    await source.read(new AbortController().signal)
    const result = await source.read(new AbortController().signal)
    results.push(result.ok ? 'read' : result.message)
  }
  return results
}

test('a target is believed by the authority that is named, and by no other', async () => {
  const url = await target()
  expect(await read(url, { ca: authority.cert })).toEqual(['read', 'read'])
  expect(await read(url, { ca: other.cert })).toEqual(
    Array(2).fill(expect.stringMatching(/UNABLE_TO_VERIFY|SIGNATURE/)),
  )
  expect(await read(url)).toEqual(Array(2).fill(expect.stringContaining('UNABLE_TO_VERIFY_LEAF_SIGNATURE')))
})

test('a certificate for another name is refused, unless that name is stated', async () => {
  const url = await target(await issue(authority, ['scan.internal']))
  const { cert: ca } = authority
  expect(await read(url, { ca })).toEqual(Array(2).fill(expect.stringContaining('ERR_TLS_CERT_ALTNAME_INVALID')))
  expect(await read(url, { ca, serverName: 'scan.internal' })).toEqual(['read', 'read'])
})

test('a certificate that has ended is refused', async () => {
  const url = await target(await issue(authority, ['127.0.0.1'], new Date(Date.now() - 60_000)))
  expect(await read(url, { ca: authority.cert })).toEqual(Array(2).fill(expect.stringContaining('CERT_HAS_EXPIRED')))
})

test('a target that asks who reads it is answered with the certificate', async () => {
  const url = await target({ ca: authority.cert, requestCert: true, rejectUnauthorized: true })
  const { cert, key } = await issue(authority, ['collector'])
  const { cert: ca } = authority
  expect(await read(url, { ca, identity: { cert, key: () => key } })).toEqual(['read', 'read'])
  for (const refused of await read(url, { ca })) expect(refused).not.toBe('read')
})

test('a source goes by new certificates without being made anew', async () => {
  const next = await createAuthority()
  const rotating = createServer(server, (_, response) => response.writeHead(200, { 'content-length': 0 }).end())
  rotating.on('tlsClientError', () => {})
  await new Promise<void>((resolve) => rotating.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    rotating.closeAllConnections()
    rotating.close()
  })
  const outgoing = createOutgoing()
  onTestFinished(() => outgoing.close())
  let certificates: Certificates = { ca: authority.cert }
  const url = `https://127.0.0.1:${(rotating.address() as AddressInfo).port}/metrics`
  const one = { service: 'scan', url, intervalMs: 1_000, timeoutMs: 5_000, trust: () => certificates }
  const source = createScrapeSource(one, outgoing, { maxBytes: 10_000, maxSeries: 10 }, Date.now)
  const message = async () => {
    const result = await source.read(new AbortController().signal)
    return result.ok ? 'read' : result.message
  }
  expect([await message(), await message()]).toEqual(['read', 'read'])
  certificates = { ca: next.cert }
  expect(await message()).toMatch(/UNABLE_TO_VERIFY|SIGNATURE/)
  rotating.setSecureContext(await issue(next, ['127.0.0.1']))
  expect([await message(), await message()]).toEqual(['read', 'read'])
})

import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import type { Certificates } from './access.ts'
import { createEngine } from './engine.ts'
import { createOutgoing } from './outgoing.ts'
import { createAuthority, issue } from './testing/certificates.ts'

test('an engine behind TLS is believed by the authority that is named for it, and by no other', async () => {
  const authority = await createAuthority()
  const body = JSON.stringify({ status: 'success', data: { resultType: 'vector', result: [] } })
  const https = createServer(await issue(authority, ['127.0.0.1']), (_, response) => response.end(body))
  https.on('tlsClientError', () => {})
  await new Promise<void>((resolve) => https.listen(0, '127.0.0.1', resolve))
  const outgoing = createOutgoing()
  onTestFinished(async () => {
    outgoing.close()
    https.closeAllConnections()
    https.close()
  })
  const url = `https://127.0.0.1:${(https.address() as AddressInfo).port}`
  const ask = (certificates: Certificates) => {
    const access = { url, headers: () => ({}), timeoutMs: 5_000, trust: () => certificates }
    const engine = createEngine(access, outgoing, { maxBytes: 1_000, maxSeries: 10 })
    return engine.instant('up', 0, new AbortController().signal)
  }
  expect(await ask({ ca: authority.cert })).toMatchObject({ ok: true })
  expect(await ask({ ca: (await createAuthority()).cert })).toMatchObject({ ok: false, failure: 'unreachable' })
})

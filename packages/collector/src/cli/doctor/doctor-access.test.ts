import { createServer, type IncomingMessage, type RequestListener } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { expect, onTestFinished, test } from 'vitest'
import { folderWith, JOURNEYS } from '../../config/testing/folder.ts'
import { runCli } from '../../testing/captured-io.ts'
import { createAuthority, issue, type Pair } from '../../wire/testing/certificates.ts'
import { doctorCommand } from './doctor.ts'

const SOUND =
  'journey_definition_info{process_id="a",fingerprint="f",sdk_version="1",started_at="2026-10-19T23:00:00Z"} 1\n'
const BASIC = `Basic ${Buffer.from('collector:sesame').toString('base64')}`

/** A target that only answers who shows the password, packed for the way. */
const guarded: RequestListener = (request, response) => {
  if (request.headers.authorization !== BASIC) return response.writeHead(401).end()
  response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4', 'content-encoding': 'gzip' })
  return response.end(gzipSync(SOUND))
}

async function listening(listener: RequestListener, tls?: Pair): Promise<string> {
  const server = tls === undefined ? createServer(listener) : createTlsServer(tls, listener)
  server.on('tlsClientError', () => {})
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${(server.address() as AddressInfo).port}`
}

type Answer = {
  readonly findings: readonly { code: string; where: string; what: string }[]
  readonly looked: readonly string[]
}

async function doctor(config: string, files: Readonly<Record<string, string>> = {}) {
  const head = 'journeys: journeys.yaml\nstore: tabiji.db\n'
  const folder = folderWith({ 'tabiji.yaml': head + config, 'journeys.yaml': JOURNEYS, password: 'sesame\n', ...files })
  const ran = await runCli([doctorCommand], ['doctor', '--folder', folder, '--json'])
  const { findings, looked } = JSON.parse(ran.stdout) as Answer
  // The fingerprint and the steps of this journeys file are another matter.
  const codes = findings.map(({ code }) => code).filter((code) => /STATUS|UNREACHABLE|LIST/.test(code))
  return { codes, findings, looked }
}

const CREDENTIALS = 'username: collector, passwordFile: password'

test('a target is read with its user and password, by TLS of an authority of one’s own', async () => {
  const authority = await createAuthority()
  const url = await listening(guarded, await issue(authority, ['127.0.0.1']))
  const at = `service: scan, url: '${url}/metrics'`
  const ca = { ca: authority.cert }
  expect((await doctor(`targets: [{ ${at}, ${CREDENTIALS}, tls: { caFile: ca } }]`, ca)).codes).toEqual([])
  expect((await doctor(`targets: [{ ${at}, tls: { caFile: ca } }]`, ca)).codes).toEqual(['DOCTOR_STATUS'])
  const unbelieved = await doctor(`targets: [{ ${at}, ${CREDENTIALS} }]`)
  expect(unbelieved.codes).toEqual(['DOCTOR_UNREACHABLE'])
  expect(unbelieved.findings.find(({ code }) => code === 'DOCTOR_UNREACHABLE')?.what).toContain('UNABLE_TO_VERIFY')
})

test('targets that are listed in files and at an address are read as the collector reads them, each once', async () => {
  const url = await listening(guarded)
  const { host } = new URL(url)
  const group = JSON.stringify([{ targets: [host], labels: { service: 'scan' } }])
  const asked: IncomingMessage[] = []
  const list = await listening((request, response) => {
    asked.push(request)
    response.writeHead(200, { 'content-type': 'application/json' }).end(group)
  })
  const found = await doctor(
    `discovery:
  - { name: pods, files: ['pods-*.json'], ${CREDENTIALS} }
  - { name: catalogue, http: { url: '${list}', ${CREDENTIALS} }, ${CREDENTIALS} }
`,
    { 'pods-a.json': group },
  )
  expect(found.codes).toEqual([])
  expect(asked.map(({ headers }) => headers.authorization)).toEqual([BASIC])
  expect(found.looked).toEqual(expect.arrayContaining(['discovery pods', 'discovery catalogue']))
  expect(found.looked.filter((each) => each === `scan ${url}/metrics`)).toHaveLength(1)
})

test('a list that cannot be had, one with a wrong target and one that is empty are told by name', async () => {
  const found = await doctor(
    `discovery:
  - { name: pods, files: ['pods-*.json'] }
  - { name: broken, files: [broken.json] }
  - { name: catalogue, http: { url: 'http://127.0.0.1:9' } }
`,
    { 'broken.json': '[{ "targets": ["169.254.169.254"], "labels": { "service": "scan" } }]' },
  )
  expect(
    found.findings.filter(({ code }) => code.startsWith('DOCTOR_LIST')).map(({ code, where }) => [code, where]),
  ).toEqual([
    ['DOCTOR_LIST_EMPTY', 'discovery pods'],
    ['DOCTOR_LIST', 'discovery broken'],
    ['DOCTOR_LIST', 'discovery catalogue'],
  ])
})

import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { folderWith } from '../../config/testing/folder.ts'
import { runCli } from '../../testing/captured-io.ts'
import { transcriptOf, wordsOf } from '../../testing/transcript.ts'
import { doctorCommand } from './doctor.ts'

const JOURNEYS = `timeZone: Asia/Tokyo
classes: { read: 300ms, write: 1s, heavy: 60s }
journeys:
  view-result:
    objectives: { availability: 99.9 }
    steps:
      read: { http: GET /results/:id, within: read }
      export: { http: POST /exports, within: heavy }
      stream: { http: GET /stream, within: 2m, from: headers }
`

async function listening(listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/metrics`
}

const definition = (id: string, fingerprint = 'f', startedAt = '2026-10-19T23:00:00Z') =>
  `journey_definition_info{process_id="${id}",fingerprint="${fingerprint}",sdk_version="1",started_at="${startedAt}"} 1\n`
const events = (count: number, step = 'read') =>
  `journey_step_events_total{journey="view-result",step="${step}",outcome="good"} ${count}\n`

/** A target whose answers follow each other, the last one for the rest; the clock of the tests stands at 20 October. */
const target = (...bodies: readonly string[]) => {
  let asked = 0
  return listening((_request, response) => {
    const body = bodies[Math.min(asked++, bodies.length - 1)]
    response.setHeader('date', 'Tue, 20 Oct 2026 00:00:00 GMT')
    response.setHeader('content-type', 'text/plain; version=0.0.4').end(body)
  })
}

type Answer = {
  readonly ok: boolean
  readonly findings: readonly {
    code: string
    severity: string
    where: string
    what: string
    why: string
    fix: string
  }[]
  readonly looked: readonly string[]
  readonly notLooked: readonly string[]
}

async function doctor(words: readonly string[], files: Readonly<Record<string, string>> = {}) {
  const folder = folderWith({ '.keep': '', ...files })
  const ran = await runCli([doctorCommand], ['doctor', '--folder', folder, '--json', ...words])
  if (ran.stdout === '') return { ...ran, folder, codes: [], answer: undefined }
  const answer = JSON.parse(ran.stdout) as Answer
  // Whatever is found says what, where, why and how to mend it.
  for (const finding of answer.findings) {
    for (const part of [finding.code, finding.where, finding.what, finding.why, finding.fix]) expect(part).not.toBe('')
  }
  return { ...ran, folder, answer, codes: answer.findings.map(({ code }) => code) }
}

test('a sound service has no findings, and what nobody looked at is said', async () => {
  const url = await target(definition('a') + events(3))
  const { exit, codes, answer } = await doctor(['--target', url])
  expect([exit, codes, answer?.ok]).toEqual([0, [], true])
  expect(answer?.looked).toEqual([url])
  expect(answer?.notLooked.map((what) => what.split(':')[0])).toEqual([
    'packages',
    'promises and fingerprints',
    'the collector',
  ])
})

test.each([
  [
    'two answers of two processes',
    [definition('a') + events(9), definition('b') + events(3)],
    ['DOCTOR_UNMERGED_PROCESSES'],
  ],
  ['one answer of two processes', [definition('a') + definition('b') + events(3)], ['DOCTOR_MERGED_BY_OTHERS']],
  ['a count that goes back', [definition('a') + events(9), definition('a') + events(8)], ['DOCTOR_WENT_BACK']],
  ['no recorder', ['up 1\n'], ['DOCTOR_NO_JOURNEYS']],
  ['a process of the future', [definition('a', 'f', '2026-10-20T00:10:00Z')], ['DOCTOR_CLOCK']],
  ['what was dropped', [`${definition('a')}journey_sdk_dropped_total{reason="unknown-step"} 2\n`], ['DOCTOR_DROPPED']],
  [
    'a second layer',
    [
      `${definition('a')}http_request_duration_seconds_count{path="/a"} 2\nhttp_request_duration_seconds_count{path="/b"} 2\n`,
    ],
    ['DOCTOR_TWO_LAYERS'],
  ],
  ['no metrics', ['<html></html>'], ['DOCTOR_CONTENT']],
])('%s is found', async (_what, bodies, found) => {
  expect((await doctor(['--target', await target(...bodies)])).codes).toEqual(found)
})

test('an address that does not answer, answers otherwise or with another type is found, and no query is told', async () => {
  const gone = await listening((_request, response) => void response.writeHead(503).end())
  const page = await listening(
    (_request, response) => void response.setHeader('content-type', 'text/html').end('<html>'),
  )
  const { exit, codes, stdout } = await doctor([
    ...['--target', 'http://127.0.0.1:9/metrics?key=secret'],
    ...['--target', `${gone}?key=secret`],
    ...['--target', page],
  ])
  expect([exit, codes]).toEqual([1, ['DOCTOR_UNREACHABLE', 'DOCTOR_STATUS', 'DOCTOR_CONTENT']])
  expect(stdout).not.toContain('secret')
  expect((await doctor(['--target', 'http://user:secret@127.0.0.1/metrics'])).exit).toBe(2)
})

test('a clock that is apart is found', async () => {
  const url = await listening((_request, response) => {
    response
      .setHeader('date', 'Tue, 20 Oct 2026 00:00:30 GMT')
      .setHeader('content-type', 'text/plain')
      .end(definition('a'))
  })
  const { exit, answer } = await doctor(['--target', url])
  expect([exit, answer?.findings[0]?.what]).toEqual([0, 'its clock is 30.5 s ahead of this machine’s'])
  expect((await doctor(['--target', url, '--strict'])).exit).toBe(1)
})

test('promises, fingerprints and steps that are never seen', async () => {
  const url = await target(definition('a', '0000000000000000') + events(3))
  const { exit, answer, codes } = await doctor(['--target', url, '--proxy-timeout', '60s'], {
    'journeys.yaml': JOURNEYS,
  })
  expect([exit, codes]).toEqual([1, ['DOCTOR_PROXY_TIMEOUT', 'DOCTOR_FINGERPRINT', 'DOCTOR_NEVER_SEEN']])
  expect(answer?.findings.map(({ what }) => what)).toEqual([
    'view-result/export is promised within 1m, and the proxy gives up after 1m',
    expect.stringMatching(/^it goes by the journeys 0{16}; .* is [0-9a-f]{16}$/),
    'no event of view-result/export, view-result/stream since the services started',
  ])
  expect((await doctor(['--proxy-timeout', '61s'], { 'journeys.yaml': JOURNEYS })).codes).toEqual([])
})

const installed = (versions: Readonly<Record<string, string>>) =>
  Object.fromEntries(
    Object.entries(versions).map(([name, version]) => [
      `node_modules/${name}/package.json`,
      JSON.stringify({ version }),
    ]),
  )

test.each([
  ['1.10.0', 'sdk-metrics', '2.12.1', true],
  ['1.10.0', 'sdk-node', '0.223.0', true],
  ['1.9.1', 'sdk-node', '0.223.0', false],
  ['1.10.0', 'sdk-node', '0.301.0', false],
  ['1.10.0', 'sdk-metrics', '3.1.1', false],
])('api %s beside %s %s: %s', async (api, name, version, isFound) => {
  const files = {
    'package.json': '{}',
    ...installed({ '@opentelemetry/api': api, [`@opentelemetry/${name}`]: version }),
  }
  expect((await doctor([], files)).codes).toEqual(isFound ? ['DOCTOR_OTEL_VERSIONS'] : [])
})

test('a package that measures the same requests is found', async () => {
  const dependencies = { '@tabiji/sdk': '1', 'express-prom-bundle': '8.0.0', express: '5' }
  expect((await doctor([], { 'package.json': JSON.stringify({ dependencies }) })).codes).toEqual(['DOCTOR_TWO_LAYERS'])
})

const instrumented = (start: string, server: string, more: Readonly<Record<string, string>> = {}) => ({
  'package.json': JSON.stringify({
    scripts: { start },
    dependencies: { '@opentelemetry/auto-instrumentations-node': '0.60.0', express: '5.3.0' },
  }),
  'server.js': server,
  'otel.js': "import { NodeSDK } from '@opentelemetry/sdk-node'\n",
  ...more,
})
const LATE = "import express from 'express'\nimport './otel.js'\n"

test.each([
  ['after express', 'node server.js', LATE, true],
  ['nowhere', 'node server.js', "const express = require('express')\n", true],
  ['before express', 'node server.js', "import './otel.js'\nimport express from 'express'\n", false],
  ['by the command', 'node --import ./otel.js server.js', LATE, false],
  [
    'by the command, from its package',
    'node -r @opentelemetry/auto-instrumentations-node/register server.js',
    LATE,
    false,
  ],
  ['by a command that loads something else', 'node --import ./other.js server.js', LATE, true],
])('OpenTelemetry that is loaded %s', async (_where, start, server, isFound) => {
  const { codes, answer } = await doctor([], instrumented(start, server))
  expect(codes).toEqual(isFound ? ['DOCTOR_OTEL_LATE'] : [])
  if (isFound) expect(answer?.findings[0]?.where).toMatch(/server\.js:1$/)
})

test('a spool that cannot be written is found, one that the SDK can make is not', async () => {
  const folder = folderWith({ file: '' })
  expect((await doctor(['--spool', join(folder, 'file')])).codes).toEqual(['DOCTOR_SPOOL'])
  expect((await doctor(['--spool', join(folder, 'new/one')])).codes).toEqual([])
  expect((await doctor(['--spool', join(folder, 'file/below')])).codes).toEqual(['DOCTOR_SPOOL'])
  const closed = join(folder, 'closed')
  mkdirSync(closed)
  writeFileSync(join(closed, 'x'), '')
  chmodSync(closed, 0o500)
  // Root may write everywhere, and then so may the service.
  expect((await doctor(['--spool', closed])).codes).toEqual(process.getuid?.() === 0 ? [] : ['DOCTOR_SPOOL'])
  chmodSync(closed, 0o700)
})

test('the collector: away, of other journeys, with another time', async () => {
  expect((await doctor(['--url', 'http://127.0.0.1:9'])).codes).toEqual(['DOCTOR_COLLECTOR'])
  const url = await listening((_request, response) => {
    response.end(JSON.stringify({ at: '2026-10-20T09:01:00+09:00', fingerprint: '0000000000000000' }))
  })
  const asked = await doctor(['--url', new URL(url).origin], { 'journeys.yaml': JOURNEYS })
  expect(asked.codes).toEqual(['DOCTOR_FINGERPRINT', 'DOCTOR_CLOCK'])
})

test('files that cannot be read end with 2', async () => {
  expect((await doctor(['--config', 'none.yaml'])).exit).toBe(2)
  expect((await doctor([], { 'journeys.yaml': 'x: [' })).exit).toBe(2)
  expect((await doctor(['--proxy-timeout', 'soon'])).exit).toBe(2)
})

test('for people, errors come first', async () => {
  const folder = folderWith({
    'package.json': JSON.stringify({ dependencies: { '@tabiji/sdk': '1', 'fastify-metrics': '1' } }),
  })
  const url = await target(definition('a') + events(2), definition('b') + events(1))
  const { exit, stdout } = await runCli([doctorCommand], ['doctor', '--folder', folder, '--target', url])
  expect(exit).toBe(1)
  expect(
    stdout.replaceAll(folder, '.').replace(/:\d+\/metrics/g, '/metrics'),
  ).toBe(`error  DOCTOR_UNMERGED_PROCESSES  http://127.0.0.1/metrics
  what  6 readings came from 2 processes
  why   each reading sees one worker or replica, and what another one counted that ends is lost
  fix   with node:cluster give \`cluster: {}\` in the primary and in the workers; replicas are targets of their own (it may also just have restarted: ask again)

warning  DOCTOR_TWO_LAYERS  ./package.json
  what  fastify-metrics measures the same requests as @tabiji/sdk
  why   each request pays for both, and a layer that labels by path makes a series of every path that a scanner invents
  fix   remove fastify-metrics when nothing reads its metrics any more

1 error, 1 warning
looked at: ./package.json, http://127.0.0.1/metrics
not looked at: promises and fingerprints: there is no journeys file; name one with \`--journeys\`
not looked at: the collector: give its address with \`--url\`
`)
})

const GUIDE = new URL('../../../../../docs/guides/doctor.md', import.meta.url)

test('the guide shows what the command prints, and lists every finding', async () => {
  const guide = readFileSync(GUIDE, 'utf8')
  const [first = '', ...printed] = transcriptOf(guide)
  const home = process.cwd()
  const folder = folderWith({ '.keep': '' })
  onTestFinished(() => process.chdir(home))
  process.chdir(folder)
  const url = await target(definition('a') + events(2), definition('b') + events(1))
  const shown = 'http://127.0.0.1:3000/metrics'
  const { stdout } = await runCli(
    [doctorCommand],
    wordsOf(first.slice(2)).map((word) => word.replace(shown, url)),
  )
  expect(stdout.replaceAll(url, shown).trimEnd().split('\n')).toEqual(printed)
  const sources = readdirSync(import.meta.dirname).filter((file) => /^doctor.*(?<!\.test)\.ts$/.test(file))
  const codes = sources.flatMap(
    (file) => readFileSync(join(import.meta.dirname, file), 'utf8').match(/(?<=')DOCTOR_[A-Z_]+(?=')/g) ?? [],
  )
  expect(codes.length).toBeGreaterThan(10)
  expect(codes.filter((code) => !guide.includes(`\`${code}\``))).toEqual([])
})

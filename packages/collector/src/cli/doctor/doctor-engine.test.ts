import { join } from 'node:path'
import { expect, test } from 'vitest'
import { folderWith, JOURNEYS } from '../../config/testing/folder.ts'
import { runCli } from '../../testing/captured-io.ts'
import { serve } from '../../wire/testing/servers.ts'
import { doctorCommand } from './doctor.ts'

type Finding = Readonly<Record<'code' | 'severity' | 'where' | 'what', string>>

/** What the doctor finds at an engine that gives this answer. */
async function examined(status: number, answer: unknown) {
  const { origin, requests } = await serve((_, response) => response.writeHead(status).end(JSON.stringify(answer)))
  const config = `journeys: journeys.yaml\nstore: tabiji.db\nengines: [{ name: mimir, url: '${origin}', services: [shop, scan], tenant: team-a }]\n`
  const folder = folderWith({ 'tabiji.yaml': config, 'journeys.yaml': JOURNEYS })
  const words = ['doctor', '--folder', folder, '--config', join(folder, 'tabiji.yaml'), '--json']
  const { stdout, exit } = await runCli([doctorCommand], words)
  const { findings, looked } = JSON.parse(stdout) as { findings: readonly Finding[]; looked: readonly string[] }
  const ours = findings.filter(({ where }) => where === 'engine mimir')
  return { exit, looked, requests, told: ours.map(({ code, severity, what }) => [code, severity, what]) }
}

const series = (name: string, service: string, labels: object, value = '1') => ({
  metric: { __name__: name, job: service, instance: `${service}:9464`, ...labels },
  // A little before the clock of the tests.
  values: [[Date.parse('2026-10-19T23:59:30Z') / 1000, value]],
})

const EVENTS = { journey: 'view-result', step: 'read', outcome: 'good' }

test('an engine is asked what the collector asks, and services that it has not scraped are told', async () => {
  const result = [
    series('journey_definition_info', 'shop', { process_id: 'p-1' }),
    series('journey_step_events_total', 'shop', EVENTS, '7'),
  ]
  const { exit, looked, requests, told } = await examined(200, {
    status: 'success',
    data: { resultType: 'matrix', result },
  })
  expect(exit).toBe(1)
  expect(looked).toContain('engine mimir')
  expect(requests[0]?.headers).toMatchObject({ 'x-scope-orgid': 'team-a' })
  expect(told).toEqual([
    ['DOCTOR_ENGINE_SILENT', 'error', 'it has scraped no journeys of scan in the last five minutes'],
  ])
})

test('sources without an id and what is left out are warned of', async () => {
  const result = [
    series('journey_step_events_total', 'shop', EVENTS, '7'),
    series('journey_step_events_total', 'scan', { ...EVENTS, outcome: 'fine' }),
  ]
  const { told } = await examined(200, { status: 'success', data: { resultType: 'matrix', result } })
  expect(told).toContainEqual(['DOCTOR_ENGINE_NO_ID', 'warning', 'mimir/shop/shop:9464 tells no process_id'])
  expect(told).toContainEqual([
    'DOCTOR_ENGINE_LEFT_OUT',
    'warning',
    expect.stringContaining('Expected the label outcome to be one of good, slow, error, excluded, got "fine"'),
  ])
})

test('an engine that gives no answer says why', async () => {
  const { told, exit } = await examined(401, 'no org id')
  expect(exit).toBe(1)
  expect(told).toEqual([
    ['DOCTOR_ENGINE', 'error', 'Expected status 200, got 401; the engine wants other credentials, or a tenant'],
  ])
})

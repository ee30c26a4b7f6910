import { expect, test } from 'vitest'
import { readEnvironment } from './environment.ts'

const SERVICE = { TABIJI_SERVICE: 'shop' }

test('a name is enough', () => {
  expect(readEnvironment(SERVICE)).toEqual({
    journeysFile: 'journeys.json',
    service: 'shop',
    metrics: undefined,
    handOver: undefined,
    cluster: false,
  })
})

test('everything that can be said', () => {
  const env = {
    ...SERVICE,
    TABIJI_JOURNEYS: '/etc/journeys.json',
    TABIJI_METRICS: '9464',
    TABIJI_COLLECTOR: 'http://127.0.0.1:7071',
    TABIJI_TOKEN: 'open-sesame',
    TABIJI_SPOOL: '/var/spool',
    TABIJI_CLUSTER: '1',
  }
  expect(readEnvironment(env)).toEqual({
    journeysFile: '/etc/journeys.json',
    service: 'shop',
    metrics: { host: '127.0.0.1', port: 9464 },
    handOver: { url: 'http://127.0.0.1:7071', token: 'open-sesame', spool: '/var/spool' },
    cluster: true,
  })
})

test.each([
  ['0.0.0.0:9464', { host: '0.0.0.0', port: 9464 }],
  ['[::1]:9464', { host: '::1', port: 9464 }],
  ['localhost:0', { host: 'localhost', port: 0 }],
  ['', undefined],
])('TABIJI_METRICS may be "%s"', (text, metrics) => {
  expect(readEnvironment({ ...SERVICE, TABIJI_METRICS: text }).metrics).toEqual(metrics)
})

test.each([
  ['TABIJI_SERVICE', { TABIJI_SERVICE: '' }],
  ['TABIJI_METRICS', { TABIJI_METRICS: '70000' }],
  ['TABIJI_METRICS', { TABIJI_METRICS: 'http://127.0.0.1:9464' }],
  ['TABIJI_CLUSTER', { TABIJI_CLUSTER: 'yes' }],
  ['TABIJI_COLLECTOR', { TABIJI_SPOOL: '/var/spool' }],
  ['TABIJI_TOKEN_FILE', { TABIJI_TOKEN_FILE: '/nowhere/token' }],
])('a wrong %s is named', (name, env) => {
  expect(() => readEnvironment({ ...SERVICE, ...env })).toThrow(new RegExp(`^${name} `))
})

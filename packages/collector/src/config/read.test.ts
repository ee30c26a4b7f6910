import { join } from 'node:path'
import type { Problem } from '@tabiji/core/problem'
import { expect, test } from 'vitest'
import { isForbiddenAddress } from '../wire/address.ts'
import { readConfig } from './read.ts'
import { CONFIG, ENV, folderWith, SECRETS } from './testing/folder.ts'

function read(text: string, env: Readonly<Record<string, string>> = ENV) {
  const folder = folderWith({ 'tabiji.yaml': text, ...SECRETS })
  return { folder, ...readConfig(join(folder, 'tabiji.yaml'), env, isForbiddenAddress) }
}

const told = ({ severity, message, hint, at }: Problem) =>
  `${at?.line}:${at?.column} ${severity}: ${message}${hint === undefined ? '' : ` | ${hint}`}`

/** The problems of the sound configuration with one text replaced by another. */
function problemsWith(from: string, to: string): readonly string[] {
  expect(CONFIG).toContain(from)
  const found = read(CONFIG.replace(from, to))
  return (found.ok ? found.warnings : found.problems).map(told)
}

test('everything that is stated is taken over', () => {
  const { folder, ...found } = read(CONFIG)
  if (!found.ok) throw new Error(found.problems.map(told).join('\n'))
  expect(found.warnings).toEqual([])
  const { config } = found
  expect(config).toMatchObject({
    file: join(folder, 'tabiji.yaml'),
    journeysFile: join(folder, 'journeys.yaml'),
    storeFile: join(folder, 'data/tabiji.db'),
    language: 'ja',
    publicUrl: 'https://tabiji.example.com',
    targets: [
      { service: 'scans', url: 'http://10.0.0.5:9464/metrics', intervalMs: 10_000, timeoutMs: 5000 },
      { service: 'app', url: 'http://localhost:9465/metrics', intervalMs: 2000, timeoutMs: 2000 },
    ],
    ledger: {
      grid: [
        { fromAgeSeconds: 0, width: 15 },
        { fromAgeSeconds: 259_200, width: 60 },
      ],
      clockSkewMs: 2000,
    },
    evaluation: { intervalMs: 5000, graceMs: 30_000 },
    listen: {
      api: { host: '0.0.0.0', port: 8080, tokens: [{ name: 'duty', may: 'write' }] },
      ingest: { host: '127.0.0.1', port: 0, tokens: [{ service: 'scans' }] },
    },
    metrics: { journeys: true, sloth: false, pyrra: true },
    limits: { maxBytes: 1_048_576, maxSeries: 2000 },
    routes: { 1: ['pager'], 2: ['chat'], 3: ['chat', 'hook'] },
    fallback: 'hook',
  })
  const hours = (opens: number, weekdays: readonly number[]) => [
    {
      times: [{ from: opens * 60, to: 1_440 }],
      weekdays: weekdays.map((day) => ({ from: day, to: day })),
      location: 'Asia/Tokyo',
    },
  ]
  expect(config.calendar.desk('Asia/Tokyo')).toEqual({
    timeZone: 'Asia/Tokyo',
    hours: hours(9.5, [5, 1]),
    closings: [],
  })
  expect(config.targets.map(({ token }) => token?.())).toEqual(['scrape-token-0123456789', undefined])
  expect(config.listen.api.tokens[0]?.token()).toBe(ENV.API_TOKEN)
  const addresses = config.receivers.map((receiver) => 'url' in receiver && receiver.url)
  expect(addresses.map((url) => (typeof url === 'function' ? url() : url))).toEqual([
    'https://events.pagerduty.com',
    SECRETS['secrets/slack'].trim(),
    ENV.HOOK_URL,
  ])
})

test('two lines are a configuration', () => {
  const found = read(
    'journeys: j.yaml\nstore: s.db\nroutes: { page: [p] }\nreceivers: [{ name: p, kind: slack, urlEnv: HOOK_URL }]\n',
  )
  if (!found.ok) throw new Error(found.problems.map(told).join('\n'))
  expect(found.config).toMatchObject({
    language: 'en',
    targets: [],
    ledger: { grid: [{ width: 15 }, { width: 60 }, { width: 300 }], clockSkewMs: 5000 },
    evaluation: { intervalMs: 15_000, graceMs: 60_000 },
    listen: {
      api: { host: '127.0.0.1', port: 7070, tokens: [] },
      ingest: { host: '127.0.0.1', port: 7071, tokens: [] },
    },
    metrics: { journeys: true, sloth: true, pyrra: true },
    limits: { maxBytes: 4_194_304, maxSeries: 50_000 },
  })
})

test.each([
  ['store: data', 'stor: data', ['2:1 error: Unknown key `stor` in the document | did you mean "store"?']],
  ['language: ja', 'language: de', ['3:11 error: Expected `language` to be "en" or "ja", got "de"']],
  [
    "'http://10.0.0.5:9464/metrics'",
    'ftp://10.0.0.5/',
    [
      '7:28 error: Expected `targets[0].url` to be an address that begins with http:// or https:// and holds no user and password, got "ftp://10.0.0.5/"',
    ],
  ],
  [
    '10.0.0.5:9464',
    '169.254.169.254',
    [
      '7:28 error: Expected `targets[0].url` to be an address that services run on, which link-local and metadata addresses are not, got "http://169.254.169.254/metrics"',
    ],
  ],
  [
    '10.0.0.5:9464',
    '2852039166',
    [
      '7:28 error: Expected `targets[0].url` to be an address that services run on, which link-local and metadata addresses are not, got "http://169.254.169.254/metrics"',
    ],
  ],
  [
    '10.0.0.5:9464',
    '[fe80::1]',
    [
      '7:28 error: Expected `targets[0].url` to be an address that services run on, which link-local and metadata addresses are not, got "http://[fe80::1]/metrics"',
    ],
  ],
  [
    'http://localhost:9465/metrics',
    'HTTP://10.0.0.5:9464/metrics',
    ['8:26 error: Expected `targets[1].url` to be read by one target only, got "http://10.0.0.5:9464/metrics"'],
  ],
  [
    'interval: 2s',
    'interval: 2s, timeout: 3s',
    ['8:82 error: Expected a timeout of at most the interval (2s), got 3s'],
  ],
  [
    'scrape: { interval: 10s }',
    'scrape: { timeout: 20s }',
    ['5:20 error: Expected a timeout of at most the interval (15s), got 20s'],
  ],
  [
    'width: 1m,',
    'width: 20s,',
    ['9:44 error: Expected `ledger.slots[1].width` to be a multiple of the width before (15s), got "20s"'],
  ],
  [
    'width: 15s',
    'width: 7s',
    [
      '9:28 warning: Expected `ledger.slots[0].width` to be a divisor of 15 minutes, got "7s" | otherwise a slot may lie across the end of a month, and all of it is booked to the earlier one',
      '9:43 error: Expected `ledger.slots[1].width` to be a multiple of the width before (7s), got "1m"',
    ],
  ],
  [
    ', from: 3d',
    '',
    ['9:35 error: Expected `ledger.slots[1].from` to be an age above that of the line before (0s), got nothing'],
  ],
  [
    ', tokens: [{ name: duty, may: write, tokenEnv: API_TOKEN }]',
    '',
    [
      '12:16 error: Expected `listen.api.host` to be a loopback address as long as there are no tokens, got "0.0.0.0" | state `listen.api.tokens`, or listen on 127.0.0.1',
    ],
  ],
  [
    'port: 0,',
    'port: 8080,',
    ['13:19 error: Expected the API and the ingest door to have different ports, got 8080 for both'],
  ],
  [
    'may: write',
    'may: wrote',
    ['12:65 error: Expected `listen.api.tokens[0].may` to be "read" or "write", got "wrote" | did you mean "write"?'],
  ],
  [
    'host: 0.0.0.0, port: 8080, tokens: [{ name: duty, may: write, tokenEnv: API_TOKEN }]',
    'port: 8080, signIn: { header: Cookie, from: [proxy, 10.0.0.0/8], may: write }',
    [
      '12:22 error: Expected `listen.api.tokens` beside `listen.api.signIn`, got none: the API would ask nobody who they are | add a token for commands, such as `{ name: duty, may: write, tokenFile: secrets/duty }`',
      '12:40 error: Expected `listen.api.signIn.header` to be a header such as `X-Forwarded-User`, got "Cookie"',
      '12:55 error: Expected `listen.api.signIn.from[0]` to be an IP address such as `127.0.0.1`, or a network such as `10.0.0.0/8`, got "proxy"',
    ],
  ],
  ['body: 1MiB', 'body: 1GB', ['14:17 error: Expected `limits.body` to be a size from `1KiB` to `64MiB`, got "1GB"']],
  [
    'kind: slack',
    'kind: slak',
    [
      '17:25 error: Expected `receivers[1].kind` to be "webhook" or "slack" or "slack-workflow" or "slack-bot" or "pagerduty" or "alertmanager" or "email", got "slak"',
    ],
  ],
  [
    'name: hook',
    'name: chat',
    [
      '18:13 error: Expected `receivers[2].name` to be a name that no other receiver has, got "chat"',
      '19:57 error: Expected `routes.notice[1]` to be the name of a receiver, got "hook" | known: pager, chat',
      '20:11 error: Expected `fallback` to be the name of a receiver, got "hook" | known: pager, chat',
    ],
  ],
  [
    'page: [pager]',
    'page: [pagre]',
    ['19:18 error: Expected `routes.page[0]` to be the name of a receiver, got "pagre" | did you mean "pager"?'],
  ],
  [
    'page: [pager]',
    'page: []',
    [
      '19:11 warning: Expected `routes.page` to be at least one receiver, got nothing | name a pager, so that level 1 wakes somebody up',
    ],
  ],
  [
    'page: [pager]',
    'page: [pager, chat]',
    [
      '19:41 warning: Level 1 and level 2 share the chat receiver "chat"; people will stop looking | send level 1 to a pager or to a channel of its own',
    ],
  ],
  [
    "opens: '09:30'",
    'opens: 930',
    ["21:17 error: Expected `hours.opens` to be a time such as '10:00', at most '24:00', got 930"],
  ],
  [
    '[fri, mon]',
    '[friday]',
    [
      '21:37 error: Expected `hours.weekdays[0]` to be "mon" or "tue" or "wed" or "thu" or "fri" or "sat" or "sun", got "friday"',
    ],
  ],
])('%s → %s is told', (from, to, problems) => {
  expect(problemsWith(from, to)).toEqual(problems)
})

test('mistakes of all kinds are told at once, with places', () => {
  const text = CONFIG.replace('language: ja', 'language: de')
    .replace('page: [pager]', 'page: [pagre]')
    .replace('urlFile: secrets/slack', 'urlFile: secrets/slak')
    .replace('store:', 'store: twice.db\nstore:')
  const found = read(text, {})
  expect(found.ok ? [] : found.problems.map(({ code, at }) => `${at?.line} ${code}`)).toEqual([
    '3 DOCUMENT_DUPLICATE_KEY',
    '4 CONFIG_SHAPE',
    '13 CONFIG_SECRET',
    '17 CONFIG_SECRET',
    '18 CONFIG_SECRET',
    '19 CONFIG_SECRET',
    '20 CONFIG_UNKNOWN_RECEIVER',
  ])
})

test('a file that cannot be read is a problem, not an exception', () => {
  const found = readConfig(join(folderWith({}), 'none.yaml'), {}, isForbiddenAddress)
  expect(found.ok ? [] : found.problems).toMatchObject([
    { code: 'FILE_UNREADABLE', message: expect.stringContaining('ENOENT') },
  ])
})

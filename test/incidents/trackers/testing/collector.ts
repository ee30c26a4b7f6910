import { type App, type Config, createApp, createLog } from '@tabiji/collector'
import { readJourneys } from '@tabiji/core/journey/document'
import { configIn } from '../../../../packages/collector/src/testing/config.ts'
import { type FakeGithub, TOKEN } from './fake-github.ts'

const JOURNEYS = `timeZone: Asia/Tokyo
classes: { read: 300ms, write: 1s, heavy: 20s }
journeys:
  checkout:
    title: { en: Check out, ja: 購入 }
    owner: shop-team
    alerts: { excluded: false }
    steps:
      pay: { http: POST /pay, within: write }
`

/** What GitHub signs its events with. */
export const HOOK_SECRET = 'hook-secret-hunter2-hunter2'

const DOOR = { host: '127.0.0.1', port: 0 }
const HOOKS = {
  listen: { api: { ...DOOR, tokens: [] }, ingest: { ...DOOR, tokens: [] }, hooks: DOOR },
  hooks: { github: { secret: () => HOOK_SECRET, repositories: new Map() } },
}

type ShownFix = {
  readonly key: string
  readonly title: string
  readonly state: string
  readonly due: string
  readonly doneAt?: string
  readonly owner?: string
  readonly kind?: string
  readonly ticket?: { readonly tracker: string; readonly url: string; readonly gone?: true }
}

/** A collector that follows a repository, asking for changes a few times each second. */
export type Collector = {
  /** Starts it, or ends it and starts it again. */
  start(repository?: string): Promise<void>
  stop(): Promise<void>
  get(path: string): Promise<unknown>
  send(path: string, body: object, headers?: Readonly<Record<string, string>>): Promise<Response>
  /** @throws Error when it is refused */
  post(path: string, body: object): Promise<void>
  fixes(): Promise<readonly ShownFix[]>
  /** `FIX-0001 open, …` in the order of their keys. */
  states(): Promise<string>
  /** The types of the transitions of a fix. */
  transitions(key: string): Promise<readonly string[]>
  /** `http://127.0.0.1:…` of its API. */
  api(): string
  /** The same of the door for what others tell. */
  hooks(): string
}

export function collectorIn(folder: string, github: FakeGithub, intervalMs = 100): Collector {
  const place = {
    name: 'github',
    kind: 'github',
    url: github.url,
    label: 'permanent-fix',
    blocked: ['blocked'],
    create: [],
  } as const
  return collectorOf(folder, (repository) => [{ ...place, repositories: [repository], intervalMs, token: () => TOKEN }])
}

/** @param follows the trackers of the configuration */
export function collectorOf(folder: string, follows: (repository: string) => Config['trackers']): Collector {
  const read = readJourneys(JOURNEYS, 'journeys.yaml')
  if (!read.ok) throw new Error(read.problems.map(({ message }) => message).join('\n'))
  const { definition } = read
  let app: App | undefined
  let api = ''
  let hooks = ''
  const stop = async () => {
    await app?.stop()
    app = undefined
  }
  const get = async (path: string): Promise<unknown> => (await fetch(`${api}/api/v1${path}`)).json()
  const send: Collector['send'] = (path, body, headers = {}) =>
    fetch(`${api}/api/v1${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    })
  const fixes = async () =>
    ((await get('/fixes?state=all')) as { readonly fixes: readonly ShownFix[] }).fixes.toSorted((a, b) =>
      a.key < b.key ? -1 : 1,
    )
  return {
    start: async (repository = 'acme/shop') => {
      await stop()
      const trackers = follows(repository)
      app = createApp(configIn(folder, { ...HOOKS, trackers }), definition, {
        now: Date.now,
        log: createLog('silent'),
        loadDefinition: () => ({ ok: true, definition }),
      })
      const addresses = await app.start()
      api = addresses.api
      hooks = addresses.hooks ?? ''
    },
    stop,
    get,
    send,
    post: async (path, body) => {
      const response = await send(path, body)
      if (!response.ok) throw new Error(`Expected ${path} to be recorded, got ${await response.text()}`)
    },
    fixes,
    states: async () => (await fixes()).map(({ key, state }) => `${key} ${state}`).join(', '),
    transitions: async (key) => {
      const { transitions } = (await get(`/fixes/${key}`)) as { readonly transitions: readonly { type: string }[] }
      return transitions.map(({ type }) => type)
    },
    api: () => api,
    hooks: () => hooks,
  }
}

import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished } from 'vitest'
import { type Daemon, startDaemon } from '../../../measurement/ledger/testing/daemon.ts'
import { startShop } from './shop.ts'

/** Generous: a machine may be busy with twelve other things. */
export const PATIENCE = { timeout: 120_000, interval: 50 }

/** A receiver as the configuration names it; what is a secret is put into a file. */
export type StatedReceiver =
  | { readonly kind: 'webhook'; readonly url: string; readonly secret: string }
  | { readonly kind: 'slack'; readonly url: string }
  | { readonly kind: 'pagerduty'; readonly url: string; readonly routingKey: string }

type Plan = {
  readonly journeys: readonly string[]
  readonly receivers: Readonly<Record<string, StatedReceiver>>
  /** Names by level; level 1 goes to all of them when it is absent. */
  readonly routes?: Readonly<Record<'page' | 'ticket' | 'notice', readonly string[]>>
  readonly fallback?: string
  readonly folder?: string
  /** Further keys of the configuration. */
  readonly config?: object
}

/** What the API says of a notification. */
export type Notice = {
  readonly id: string
  readonly receiver: string
  readonly kind: string
  readonly state: string
  readonly attempts: number
  readonly ambiguous: boolean
  readonly lastError?: string
  readonly insteadOf?: string
}
export type Alert = {
  readonly id: string
  readonly rule: string
  readonly level: number
  readonly episode: { readonly state: string }
  readonly facts: { readonly dedupKey: string; readonly flapping?: object }
  readonly notifications: readonly Notice[]
}

/** Simple rules by journey, as a journeys file has them beneath `alerts`. */
export type Rules = (journey: string) => Readonly<Record<string, unknown>>

/**
 * A folder for real daemons, one after another, and a service that they read several times a second. Slots are one second wide, so
 * that an alert ends soon after its cause.
 */
export async function openHouse(plan: Plan) {
  const folder = plan.folder ?? mkdtempSync(join(tmpdir(), 'tabiji-delivery-'))
  const shop = await startShop(plan.journeys)
  const daemons = new Set<Daemon>()
  onTestFinished(async () => {
    for (const daemon of daemons) await end(daemon, 'SIGKILL')
    shop.close()
    if (plan.folder === undefined) rmSync(folder, { recursive: true, force: true })
  })
  const writeRules = (rules: Rules) =>
    writeFileSync(join(folder, 'journeys.yaml'), JSON.stringify(journeysFile(plan.journeys, rules)))
  const writeConfig = (evaluationInterval = '200ms') =>
    writeFileSync(
      join(folder, 'tabiji.yaml'),
      JSON.stringify(configuration(plan, folder, shop.url, evaluationInterval)),
    )
  writeConfig()
  return {
    folder,
    shop,
    writeRules,
    /** For the next start. */
    writeConfig,
    start: async (env: Record<string, string> = {}) => {
      const daemon = await startDaemon(folder, env)
      daemons.add(daemon)
      return daemon
    },
    kill: (daemon: Daemon) => end(daemon, 'SIGKILL'),
  }
}

async function end(daemon: Daemon, signal: NodeJS.Signals): Promise<void> {
  const { child } = daemon
  if (child.exitCode !== null || child.signalCode !== null) return
  const closed = once(child, 'close')
  child.kill(signal)
  await closed
}

function journeysFile(journeys: readonly string[], rules: Rules): object {
  const journey = (name: string) => ({
    title: { en: name, ja: name },
    owner: 'shop-team',
    runbook: 'https://wiki.example.org/runbooks/shop',
    alerts: { ...rules(name), excluded: false },
    objectives: {},
    steps: { pay: { http: `POST /${name}`, within: '1s' } },
  })
  return { timeZone: 'Asia/Tokyo', journeys: Object.fromEntries(journeys.map((name) => [name, journey(name)])) }
}

const SECRETS = ['url', 'secret', 'routingKey'] as const

function configuration(plan: Plan, folder: string, target: string, interval: string): object {
  const names = Object.keys(plan.receivers)
  const receivers = Object.entries(plan.receivers).map(([name, stated]) => {
    const plain: Record<string, string> = { name, kind: stated.kind }
    if (stated.kind === 'pagerduty') plain['url'] = stated.url
    for (const [key, value] of Object.entries(stated)) {
      if (key in plain || !SECRETS.some((secret) => secret === key)) continue
      writeFileSync(join(folder, `${name}-${key}`), value)
      plain[`${key}File`] = `${name}-${key}`
    }
    return plain
  })
  return {
    journeys: 'journeys.yaml',
    store: 'tabiji.db',
    scrape: { interval: '500ms', timeout: '500ms' },
    targets: [{ service: 'shop', url: target }],
    ledger: { slots: [{ width: '1s' }] },
    evaluation: { interval, grace: '1ms' },
    listen: { api: { port: 0 }, ingest: { port: 0 } },
    receivers,
    routes: plan.routes ?? { page: names.filter((name) => name !== plan.fallback) },
    ...(plan.fallback !== undefined && { fallback: plan.fallback }),
    ...plan.config,
    hours: { opens: '00:00', weekdays: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] },
  }
}

export async function get<Answer>(daemon: Daemon, path: string): Promise<Answer> {
  return (await (await fetch(`${daemon.api}/api/v1${path}`)).json()) as Answer
}

/** All alerts with what is or was owed for them, oldest first. */
export async function alertsOf(daemon: Daemon): Promise<readonly Alert[]> {
  const { alerts } = await get<{ alerts: readonly { id: string }[] }>(daemon, '/alerts?state=all&limit=1000')
  return Promise.all([...alerts].reverse().map(({ id }) => get<Alert>(daemon, `/alerts/${id}`)))
}

/** What is or was owed to a receiver, oldest alert first, as `kind state attempts`, with `?` where it may have arrived. */
export async function owedTo(daemon: Daemon, receiver: string): Promise<readonly string[]> {
  const alerts = await alertsOf(daemon)
  return alerts.flatMap(({ notifications }) =>
    notifications
      .filter((each) => each.receiver === receiver)
      .map(({ kind, state, attempts, ambiguous }) => `${kind} ${state} ${attempts}${ambiguous ? '?' : ''}`),
  )
}

/** Until as many requests as that were heard, all in all. */
export const untilHeard = (receiver: { readonly heard: readonly unknown[] }, count: number) =>
  expect.poll(() => receiver.heard.length, PATIENCE).toBeGreaterThanOrEqual(count)

/** Until nothing is waiting or being sent; what still is shows in the failure. `timeout` in milliseconds. */
export const untilSettled = (daemon: Daemon, timeout = PATIENCE.timeout) =>
  expect
    .poll(
      async () => {
        const owed = (await alertsOf(daemon)).flatMap(({ notifications }) => notifications)
        return owed.length > 0 ? owed.filter(({ state }) => state === 'waiting' || state === 'sending') : 'nothing owed'
      },
      { ...PATIENCE, timeout },
    )
    .toEqual([])

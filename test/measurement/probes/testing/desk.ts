import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { exportJourneys } from '@tabiji/sdk'
import { onTestFinished } from 'vitest'
import { runTabiji } from '../../ledger/testing/daemon.ts'
import { journeys, KEY, PASSWORD } from './studio.ts'

export type Run = {
  readonly outcome: string
  readonly why?: string
  readonly startedAt: string
  readonly steps: readonly {
    readonly step: string
    readonly outcome: string
    readonly status?: number
    readonly requests: number
    readonly elapsedMs: number
    readonly why?: string
    readonly captured: readonly string[]
    readonly checks: readonly { readonly what: string; readonly ok: boolean; readonly got?: string }[]
  }[]
  readonly certificates: readonly { readonly host: string; readonly expiresAt: string }[]
}

/** How a file names a value. */
export const slot = (name: string) => `\${${name}}`

/** The whole journey, as a file has it. */
export const WHOLE = (url: string) => ({
  name: 'outside',
  journey: 'measure',
  interval: '1m',
  secrets: { password: { valueFile: 'password' } },
  steps: [
    {
      step: 'login',
      method: 'POST',
      url: `${url}/login`,
      form: { user: 'probe', password: slot('password') },
      expect: { status: 200, json: { '/user/id': 7, '/token': { exists: true } } },
      capture: { token: { json: '/token' } },
    },
    {
      step: 'upload',
      method: 'POST',
      url: `${url}/photos?of=\${token}`,
      headers: { Authorization: `Bearer ${slot('token')}` },
      json: { photo: 'feet', by: slot('token') },
      expect: { status: [200, 201], headers: { 'X-Photo': 'kept' }, json: { '/id': { matches: '^[0-9a-f-]{36}/' } } },
      capture: { id: { json: '/id' } },
    },
    {
      step: 'result',
      url: `${url}/results/\${id}`,
      poll: '20ms',
      expect: { json: { '/status': 'done', '/feet/0/mm': 261 }, contains: 'feet' },
    },
  ],
})

type Probe = Omit<ReturnType<typeof WHOLE>, 'secrets' | 'steps'> & Readonly<Record<string, unknown>>

/** A folder with a configuration that the real commands read; it ends with the test. */
export function openDesk(probe: Probe, { reference = [] as string[], more = {} as object } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'tabiji-probes-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  writeFileSync(join(folder, 'journeys.json'), exportJourneys(journeys))
  writeFileSync(join(folder, 'password'), `${PASSWORD}\n`)
  writeFileSync(join(folder, 'key'), `${KEY}\n`)
  const config = {
    journeys: 'journeys.json',
    store: 'tabiji.db',
    probes: { keyFile: 'key', reference, run: [probe] },
    evaluation: { interval: '200ms', grace: '1ms' },
    listen: { api: { port: 0 }, ingest: { port: 0 } },
    ...more,
  }
  writeFileSync(join(folder, 'tabiji.yaml'), JSON.stringify(config))
  return {
    folder,
    /** Runs the command, and what it printed as JSON. */
    run: async (): Promise<{ exit: number | null; run: Run; stdout: string }> => {
      const { exit, stdout, stderr } = await runTabiji(folder, 'probe', 'run', 'outside', '--json')
      if (stdout === '') throw new Error(stderr)
      return { exit, stdout, run: JSON.parse(stdout) as Run }
    },
  }
}

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { type Daemon, runTabiji, startDaemon } from '../../ledger/testing/daemon.ts'

const JOURNEYS = `
timeZone: Asia/Tokyo
journeys:
  checkout:
    title: { en: Check out, ja: 購入 }
    objectives: { availability: 99 }
    steps:
      pay: { http: POST /orders, within: 1s }
      cart: { http: POST /cart, within: 1s }
`

/** A folder with a configuration in which the services push, and daemons on it that end with the test. */
export function openShop(services: readonly string[], interval = '60s') {
  const folder = mkdtempSync(join(tmpdir(), 'tabiji-otlp-'))
  const daemons: Daemon[] = []
  onTestFinished(async () => {
    for (const { child } of daemons) child.kill('SIGKILL')
    await Promise.all(daemons.map((daemon) => daemon.end()))
    rmSync(folder, { recursive: true, force: true })
  })
  writeFileSync(join(folder, 'journeys.yaml'), JOURNEYS)
  writeFileSync(
    join(folder, 'tabiji.yaml'),
    `
journeys: journeys.yaml
store: tabiji.db
otlp: { services: [${services.join(', ')}], interval: ${interval} }
evaluation: { interval: 200ms, grace: 1ms }
listen: { api: { port: 0 }, ingest: { port: 0 } }
`,
  )
  return {
    start: async () => {
      const daemon = await startDaemon(folder)
      daemons.push(daemon)
      return daemon
    },
    /** Everything booked, by service and step: good, slow, error, excluded. */
    books: async () => {
      const { stdout } = await runTabiji(folder, 'ledger', 'accounts', '--json')
      const { accounts } = JSON.parse(stdout) as { accounts: readonly Account[] }
      return Object.fromEntries(
        accounts.map(({ account, booked }) => [`${account.service}/${account.step}`, booked.slice(0, 4)]),
      )
    },
    verify: async () => (await runTabiji(folder, 'ledger', 'verify')).exit,
  }
}

type Account = {
  readonly account: { readonly service: string; readonly step: string }
  readonly booked: readonly number[]
}

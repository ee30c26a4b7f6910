import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { runTabiji, startDaemon } from '../../measurement/ledger/testing/daemon.ts'
import { startPrometheus, WITHOUT_PROMETHEUS } from '../../measurement/ruler/testing/prometheus.ts'
import { freePort, startAlertmanager, WITHOUT_ALERTMANAGER } from './testing/alertmanager.ts'
import { ALERTMANAGER_TOKEN, openHouse } from './testing/house.ts'

const PATIENCE = { timeout: 90_000, interval: 100 }
const endings: (() => Promise<unknown>)[] = []

afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end()
}, 60_000)

const HOOKS = 'hooks: { alertmanager: { tokenFile: alertmanager-token, severities: { sev1: 1 } } }\n'

/** Excluded events harm no objective here, so nothing but these rules rings by them. */
const RULES = `groups:
  - name: others
    rules:
      - alert: QueueFull
        expr: journey_step_events_total{journey="checkout", outcome="excluded"} > 10
        labels: { severity: sev1 }
        annotations: { summary: 'The queue of {{ $labels.journey }} is full', runbook_url: 'https://wiki.example.org/runbooks/checkout' }
      - alert: BlogDown
        expr: journey_step_events_total{outcome="excluded"} > 10
        labels: { journey: blog, severity: sev1 }
      - alert: JourneyBudgetBurn
        expr: journey_step_events_total{outcome="excluded"} > 10
        labels: { severity: sev1, objective: availability }
`

async function live() {
  const port = await freePort()
  const house = await openHouse(HOOKS, port)
  endings.push(house.close)
  mkdirSync(join(house.folder, 'rules'))
  writeFileSync(join(house.folder, 'rules', 'others.rules.yaml'), RULES)
  const start = async () => {
    const daemon = await startDaemon(house.folder)
    endings.push(daemon.end)
    return daemon
  }
  const daemon = await start()
  const alertmanager = await startAlertmanager(
    house.folder,
    `http://127.0.0.1:${port}/alertmanager/webhook`,
    ALERTMANAGER_TOKEN,
  )
  endings.push(alertmanager.close)
  const alerting = `alerting: { alertmanagers: [{ static_configs: [{ targets: ['${alertmanager.address}'] }] }] }\n`
  const prometheus = await startPrometheus(house.folder, house.target, alerting)
  endings.push(prometheus.close)
  const types = () => house.messages.map(({ type }) => type)
  return { house, daemon, start, alertmanager, types }
}

describe.skipIf(WITHOUT_PROMETHEUS || WITHOUT_ALERTMANAGER)(
  'rules of a real Prometheus, told by a real Alertmanager',
  () => {
    test('ring here once, also while the daemon is killed, and end once', async () => {
      const { house, daemon, start, alertmanager, types } = await live()
      house.counts.excluded = 11
      await expect.poll(types, PATIENCE).toEqual(['alert.triggered'])
      expect(house.messages[0]).toMatchObject({
        data: {
          title: '▲ LEVEL 1 · Check out: The queue of checkout is full',
          ...{ level: 1, journey: { name: 'checkout', owner: 'shop-team' } },
          cause: { kind: 'foreign', name: 'QueueFull', summary: 'The queue of checkout is full' },
          firstStep: 'Look at the queue (https://grafana.example.org/queue)',
        },
      })
      const listed = await runTabiji(house.folder, 'alerts', 'list', '--url', daemon.api)
      expect(listed.stdout).toMatch(/A-0001 +1 +FIRING .* checkout +QueueFull/)
      expect(listed.stdout.trimEnd().split('\n')).toHaveLength(2)
      // A journey that is not in the file: nobody is told of it by people's receivers, but both logs say so.
      await expect.poll(() => daemon.log.join('\n'), PATIENCE).toContain('BlogDown names the journey \\"blog\\"')
      await expect.poll(alertmanager.log, PATIENCE).toContain('422')

      daemon.child.kill('SIGKILL')
      await daemon.end()
      // The counter of a new process is small again, so the rule is over while nobody is here to hear it.
      house.counts.excluded = 0
      const again = await start()
      await expect.poll(types, PATIENCE).toEqual(['alert.triggered', 'alert.resolved'])
      const explained = await runTabiji(house.folder, 'alerts', 'explain', 'A-0001', '--url', again.api)
      expect(explained.stdout).toMatch(
        /fired[\s\S]*resolved[\s\S]*hook +trigger, delivered[\s\S]*hook +resolve, delivered/,
      )
    }, 240_000)
  },
)

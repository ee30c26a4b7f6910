import { readFileSync } from 'node:fs'
import { expect, onTestFinished, test } from 'vitest'
import { createApp, createLog } from '../../app/app.ts'
import { AVAILABILITY, definitionOf, MINUTE, NOON } from '../../jobs/testing/books.ts'
import { temporaryFolder } from '../../store/testing/temporary-folder.ts'
import { runCli } from '../../testing/captured-io.ts'
import { configIn } from '../../testing/config.ts'
import { statusCommand } from './status.ts'

const GUIDE = readFileSync(new URL('../../../../../docs/guides/otlp.md', import.meta.url), 'utf8')

test('the push of the guide is answered as the guide says, and what it got wrong is shown', async () => {
  const [, answer = ''] = /^```json\n(.*?)^```$/ms.exec(GUIDE) ?? []
  const [, path = '', header = '', json = ''] =
    /^curl .*127\.0\.0\.1:7071(\S+) -H '([^']*)' -d @- <<EOF\n(.*?)^EOF$/ms.exec(GUIDE) ?? []
  const clock = { now: NOON }
  const definition = definitionOf(AVAILABILITY)
  const config = configIn(temporaryFolder(), { otlp: { services: ['shop'], intervalMs: MINUTE } })
  const loadDefinition = () => ({ ok: true, definition }) as const
  const app = createApp(config, definition, { now: () => clock.now, log: createLog('silent'), loadDefinition })
  onTestFinished(app.stop)
  const { api, ingest } = await app.open()
  const booked = async () => {
    const { journeys } = (await (await fetch(`${api}/api/v1/journeys`)).json()) as {
      journeys: readonly { objectives: readonly { valid: number; fresh: boolean }[] }[]
    }
    return journeys[0]?.objectives.map(({ valid, fresh }) => ({ valid, fresh }))
  }

  clock.now = NOON + MINUTE
  const body = json.replaceAll('$START', `${NOON + 1_000}000000`).replaceAll('$NOW', `${clock.now}000000`)
  const [name = '', value = ''] = header.split(': ')
  const post = () => fetch(`${ingest}${path}`, { method: 'POST', headers: { [name]: value }, body })
  for (let n = 1; n <= 2; n++) {
    const response = await post()
    expect([response.status, await response.text()]).toEqual([200, answer.trim()])
    expect(await booked()).toEqual([{ valid: 120, fresh: true }])
  }
  const { stdout } = await runCli([statusCommand], ['status', '--url', api])
  expect(stdout).toContain('refused data points since the start: shop attribute 2 → docs/guides/otlp.md\n')
  const metrics = await (await fetch(`${api}/metrics`)).text()
  expect(metrics).toContain('tabiji_otlp_points_total{service="shop",result="attribute"} 2')

  // Nobody pushed for more than three intervals: what was read is known, and not whether all is well now.
  clock.now += 4 * MINUTE
  expect(await booked()).toEqual([{ valid: 120, fresh: false }])
})

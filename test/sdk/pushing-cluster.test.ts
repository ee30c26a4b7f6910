import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { startReceiver } from './testing/otlp.ts'
import { seriesOfPush, seriesOfText } from './testing/series.ts'

const PROGRAM = fileURLToPath(new URL('./testing/pushing-cluster.mjs', import.meta.url))

type Said = { readonly failed?: string; readonly metrics?: string; readonly processId?: string }

test('a cluster pushes as one process what all its workers did, and shows their traces', async () => {
  const receiver = await startReceiver()
  const child = fork(PROGRAM, [receiver.url])
  const said: Said[] = []
  child.on('message', (message) => said.push(message as Said))
  const [exit] = await once(child, 'exit')
  await receiver.close()
  expect(exit).toBe(0)
  const { metrics = '', processId } = said.find((each) => each.metrics !== undefined) ?? {}
  const pushes = receiver.pushes()
  expect(new Set(pushes.map(({ resource }) => resource['service.instance.id']))).toEqual(new Set([processId]))
  const last = seriesOfPush(pushes.at(-1)?.metrics ?? [])
  expect([...last].sort()).toEqual([...seriesOfText(metrics)].sort())
  expect(last.get('journey_step_events_total{journey="scan",outcome="good",step="process"}')).toBe(16)
  expect(last.get('journey_step_events_total{journey="scan",outcome="error",step="process"}')).toBe(4)
  const failed = said.flatMap((each) => each.failed ?? [])
  const [, traceId] = /outcome="error"\} 4 # \{trace_id="(\w+)"/.exec(metrics) ?? []
  expect(failed).toHaveLength(2)
  expect(failed).toContain(traceId)
})

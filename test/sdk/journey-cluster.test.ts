import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { listeningCollector, status } from '../../packages/sdk/src/testing/collector.ts'

const PROGRAM = fileURLToPath(new URL('./testing/cluster-storage.mjs', import.meta.url))

test('a cluster is one dependency to the outside, and takes nothing from a worker that borrows other journeys', async () => {
  const collector = await listeningCollector(status(200))
  const child = fork(PROGRAM, [collector.url])
  const said: Record<string, string>[] = []
  child.on('message', (message) => said.push(message as Record<string, string>))
  const [exit] = await once(child, 'exit')
  await collector.close()
  expect(exit).toBe(0)
  const lines = (said.find(({ metrics }) => metrics !== undefined)?.['metrics'] ?? '').split('\n')
  expect(lines).toContain('journey_step_events_total{journey="keep-photos",step="put",outcome="good"} 30')
  expect(lines.filter((line) => line.startsWith('journey_dependency_events_total'))).toEqual([
    'journey_dependency_events_total{journey="measure-feet",service_step="keep-photos.put",outcome="good"} 30',
    'journey_dependency_events_total{journey="measure-feet",service_step="keep-photos.put",outcome="slow"} 0',
    'journey_dependency_events_total{journey="measure-feet",service_step="keep-photos.put",outcome="error"} 0',
    'journey_dependency_events_total{journey="measure-feet",service_step="keep-photos.put",outcome="excluded"} 0',
  ])
  expect(said.filter(({ kind }) => kind === 'cluster').map(({ message }) => message)).toEqual([
    expect.stringMatching(/are not taken: expected the same `context\.borrowed` as in the primary\.$/),
  ])
  expect(collector.posts.at(-1)?.body).toMatchObject({
    final: true,
    dependencies: [{ journey: 'measure-feet', serviceStep: 'keep-photos.put', counts: [30, 0, 0, 0] }],
  })
})

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { OBSERVATION_SCHEMA, type Observation, timeBucketOf } from '@tabiji/core/journey'
import { expect, test } from 'vitest'
import { folderWith, JOURNEYS } from '../../config/testing/folder.ts'
import { runCli } from '../../testing/captured-io.ts'
import { journeysCommand } from './journeys.ts'

const seen = (path: string, more: Partial<Observation> = {}): string =>
  JSON.stringify({
    schema: OBSERVATION_SCHEMA,
    service: 'app',
    journey: 'view-result',
    method: 'GET',
    path,
    isTemplate: true,
    answered: 200,
    refused: 0,
    failed: 0,
    times: [[timeBucketOf(100), 200]],
    ...more,
  })

/** Runs `tabiji journeys learn` on observations, in a folder of its own. */
async function learn(lines: readonly string[], words: readonly string[] = [], journeys = JOURNEYS) {
  const folder = folderWith({ 'journeys.yaml': journeys, 'seen.jsonl': lines.join('\n') })
  const args = ['journeys', 'learn', join(folder, 'seen.jsonl'), '--journeys', join(folder, 'journeys.yaml'), ...words]
  const ran = await runCli([journeysCommand], args)
  const { stdout, stderr } = ran
  const file = readFileSync(join(folder, 'journeys.yaml'), 'utf8')
  return { ...ran, stdout: stdout.replaceAll(folder, '.'), stderr: stderr.replaceAll(folder, '.'), file }
}

test('says what it proposes and why, then how to get there', async () => {
  const { exit, stdout, stderr, file } = await learn([seen('/v1/history'), seen('/v1/history')])
  expect([exit, stderr]).toEqual([0, 'next: the same with --write, or the patch into `git apply`\n'])
  expect(stdout).toBe(`Proposed
STEP                     ROUTE            ANSWERS  P50     P95     P99     WITHIN
view-result/get-history  GET /v1/history  400      108 ms  108 ms  108 ms  read (300ms)
within: the tightest class that leaves half of p99 on top, because a test run is quieter than customers

Index: ./journeys.yaml
===================================================================
--- ./journeys.yaml
+++ ./journeys.yaml
@@ -5,5 +5,5 @@
     title: { en: View a result, ja: 結果を見る }
     owner: app-team
     runbook: https://runbooks.example.com/view-result
     objectives: { availability: 99.9 }
-    steps: { read: { http: 'GET /v1/scans/:id', within: read } }
+    steps: { read: { http: 'GET /v1/scans/:id', within: read }, get-history: { http: "GET /v1/history", within: read } }
`)
  expect(file).toBe(JOURNEYS)
})

test('--write changes the file, and --quiet says no more than that', async () => {
  const { stdout, stderr, file } = await learn([seen('/v1/history')], ['--write', '--quiet'])
  expect([stdout.endsWith('\n./journeys.yaml was changed.\n'), stderr]).toEqual([true, ''])
  expect(file).toContain('get-history')
})

test('a line that was cut is told and left out', async () => {
  const { exit, stderr } = await learn([seen('/v1/history'), seen('/v1/more').slice(0, 50)])
  expect([exit, stderr.split('\n')[0]]).toEqual([0, './seen.jsonl:2 is left out: Expected one JSON object on the line'])
})

test('a path with signs that a terminal obeys is no route', async () => {
  const lines = [seen('/v1/history'), seen('/\u001b[2Jx'), seen('/a\u202eb'), seen('/a b')]
  const { exit, stderr, file } = await learn(lines, ['--write'])
  expect(exit).toBe(0)
  expect(stderr.match(/is left out: Expected `path` to be a path/g)).toHaveLength(3)
  expect(file.match(/within: read/g)).toHaveLength(2)
})

test('nothing observed ends with 5, and files that cannot be used with 2', async () => {
  expect(await learn(['not an observation'])).toMatchObject({ exit: 5, stdout: '' })
  expect(await learn([seen('/x')], [], JOURNEYS.replace('99.9', '100'))).toMatchObject({
    exit: 2,
    stderr: expect.stringContaining('journeys.yaml:8:33: Expected'),
  })
  const none = await runCli([journeysCommand], ['journeys', 'learn', 'none.jsonl', '--journeys', 'none.yaml'])
  expect([none.exit, none.stderr]).toEqual([2, 'error: Expected none.yaml to be a file that can be read (ENOENT)\n'])
})

test('candidates without a service to ask end with 2', async () => {
  const folder = folderWith({ 'journeys.yaml': JOURNEYS })
  const file = join(folder, 'journeys.yaml')
  const { exit, stderr } = await runCli([journeysCommand], ['journeys', 'candidates', '--journeys', file])
  expect([exit, stderr.split('\n')[0]]).toEqual([2, 'error: there is no service to ask'])
})

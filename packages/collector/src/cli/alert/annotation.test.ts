import { expect, onTestFinished, test } from 'vitest'
import { annotationRoutes } from '../../http/api/annotation-routes.ts'
import { openAnnotationDesk } from '../../testing/annotation-desk.ts'
import { runCli } from '../../testing/captured-io.ts'
import { serveRoutes } from '../../testing/work-server.ts'
import { annotateCommand, annotationCommand } from './annotation.ts'

async function open() {
  const server = await serveRoutes(annotationRoutes(openAnnotationDesk().annotations))
  onTestFinished(server.close)
  return (...words: readonly string[]) =>
    runCli([annotateCommand, annotationCommand], words, { env: { TABIJI_URL: server.url, TABIJI_BY: 'abe' } })
}

test('annotate says what was recorded, and the list shows it', async () => {
  const tabiji = await open()
  expect(await tabiji('annotate', 'shop@8c1f2e', '--service', 'shop', '--at', '13:36')).toEqual({
    exit: 0,
    stdout: 'ANN-0001 deploy shop@8c1f2e at 2026-10-20 13:36 +09:00\n',
    stderr: 'next: tabiji annotation list\n',
  })
  await tabiji('annotate', '新しい購入画面', '--kind', 'flag', '--journey', 'checkout', '--at', '13:00')
  expect((await tabiji('annotation', 'list')).stdout.split('\n').map((line) => line.trimEnd())).toEqual([
    'KEY       AT                       KIND    TITLE           SERVICE  JOURNEYS    BY',
    'ANN-0001  2026-10-20 13:36 +09:00  deploy  shop@8c1f2e     shop     by service  abe',
    'ANN-0002  2026-10-20 13:00 +09:00  flag    新しい購入画面  –        checkout    abe',
    '',
  ])
})

test('a change that is taken back is listed only when it is asked for', async () => {
  const tabiji = await open()
  await tabiji('annotate', 'shop@8c1f2e', '--service', 'shop')
  const { exit, stdout } = await tabiji('annotation', 'withdraw', 'ann-0001', '--reason', 'staging only')
  expect([exit, stdout]).toEqual([0, 'ANN-0001 withdrawn; alerts do not tell of it any more\n'])
  expect((await tabiji('annotation', 'list')).stdout).toBe('No annotations.\n')
  expect((await tabiji('annotation', 'list', '--state', 'all')).stdout).toContain('WITHDRAWN')
})

test('what is refused is told with its remedy, as JSON too', async () => {
  const tabiji = await open()
  expect(await tabiji('annotate', 'x', '--service', 'shp', '--at', '25:00')).toEqual({
    exit: 1,
    stdout: '',
    stderr: [
      'error: Expected `service` to be a known one, got "shp"',
      '  fix: did you mean "shop"?',
      'error: Expected `at` to be one instant on the clocks of Asia/Tokyo, got "25:00"',
      '  fix: write HH:MM for today, or a time with its offset such as 2026-10-20T13:02+09:00',
      '',
    ].join('\n'),
  })
  const { exit, stderr } = await tabiji('annotate', 'x', '--service', 'shp', '--json')
  expect([exit, JSON.parse(stderr).error.code]).toEqual([1, 'ANNOTATION_UNKNOWN_SERVICE'])
  expect((await tabiji('annotate')).exit).toBe(2)
})

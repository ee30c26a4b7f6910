import { join } from 'node:path'
import { DEFAULT_CHECKLISTS } from '@tabiji/core/incident'
import { expect, test } from 'vitest'
import { folderWith } from '../../config/testing/folder.ts'
import { runCli } from '../../testing/captured-io.ts'
import { checklistCommand } from './checklist.ts'

const run = (...words: readonly string[]) => runCli([checklistCommand], ['checklist', ...words])

test('what is written to begin with passes the check, and says how it is put in force', async () => {
  const { exit, stdout } = await run('new', '--level', '1')
  expect([exit, stdout]).toEqual([0, expect.stringContaining('checklists: { 1: first-response.yaml }')])
  const folder = folderWith({ 'first-response.yaml': stdout })
  const checked = await run('check', join(folder, 'first-response.yaml'))
  expect([checked.exit, checked.stdout.replaceAll(folder, '.')]).toEqual([
    0,
    `No problems in ./first-response.yaml: ${DEFAULT_CHECKLISTS[1].length} items.\n`,
  ])
})

test('a wrong file is refused with the place of each mistake, and a missing one as wrong usage', async () => {
  const folder = folderWith({ 'list.yaml': 'items:\n  - { id: lead, text: { en: Lead } }\n  - { id: lead }\n' })
  const { exit, stdout } = await run('check', join(folder, 'list.yaml'))
  expect(exit).toBe(1)
  for (const place of ['list.yaml:2:', 'list.yaml:3:']) expect(stdout).toContain(place)
  expect((await run('check', join(folder, 'none.yaml'))).exit).toBe(2)
  const { stdout: json } = await run('check', join(folder, 'list.yaml'), '--json')
  expect(JSON.parse(json)).toMatchObject({ ok: false, problems: [{ at: { line: 2 } }, {}, {}] })
})

test('shows the list of a level in either language', async () => {
  const { stdout, stderr } = await run('show', '--level', '3', '--lang', 'ja')
  expect(stdout).toBe(
    '[ ] journeys  影響が出ているジャーニーを確認する (ticks itself: journeys)\n[ ] decide    対応しないか、恒久対応を登録するかを決める\n',
  )
  expect(stderr).toContain('this list comes with Tabiji')
  expect((await run('show', '--level', '3')).stdout).toContain('[ ] decide    Decide: leave it, or add a fix\n')
})

test('shows the list of the configuration where there is one', async () => {
  const folder = folderWith({
    'tabiji.yaml': 'journeys: journeys.yaml\nstore: tabiji.db\nchecklists: { 1: own.yaml }\n',
    'own.yaml': 'items: [{ id: own, text: { en: Our own, ja: 独自の手順 }, minutes: 5 }]\n',
  })
  const { exit, stdout, stderr } = await run('show', '--config', join(folder, 'tabiji.yaml'))
  expect([exit, stdout]).toEqual([0, '[ ] own  Our own (within 5 min)\n'])
  expect(stderr).toContain('own.yaml')
})

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { runCli } from '../testing/captured-io.ts'
import { openWorkDesk, type WorkDesk } from '../testing/work-desk.ts'
import { serveWork, type WorkServer } from '../testing/work-server.ts'
import { fixCommand } from './fix.ts'
import { incidentCommand } from './incident.ts'
import { postmortemCommand } from './postmortem.ts'

let desk: WorkDesk
let server: WorkServer
let folder: string
let file: string
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tabiji-postmortem-'))
  file = join(folder, 'postmortems', 'INC-0001.md')
  desk = openWorkDesk()
  server = await serveWork(desk.work)
  await tabiji('incident', 'open', 'Scans fail', '--level', '1', '--journey', 'measure-feet')
  await tabiji('incident', 'cause', 'INC-0001', 'retry', 'Retries have no back-off', '--bone', 'design')
})
afterEach(async () => {
  await server.close()
  desk.close()
  rmSync(folder, { recursive: true, force: true })
})

const tabiji = (...words: readonly string[]) =>
  runCli([incidentCommand, fixCommand, postmortemCommand], words, {
    env: { TABIJI_URL: server.url, TABIJI_BY: 'suzuki' },
  })
const text = () => readFileSync(file, 'utf8')
const standing = () => {
  const details = desk.work.incident('INC-0001')
  return details.ok ? details.value.incident : undefined
}

test('a draft is written from the record, without names, and its state is kept', async () => {
  expect(
    await tabiji('postmortem', 'draft', 'INC-0001', '--lang', 'ja', '--out', file, '--owner', 'sato'),
  ).toMatchObject({
    exit: 0,
    stdout: `INC-0001: drafted in ${file}\n`,
  })
  expect(text()).toContain('## 6 恒久対応')
  expect(text()).toContain('- **設計・コード**\n  - Retries have no back-off')
  expect(text()).not.toContain('suzuki')
  expect(standing()?.postmortem).toMatchObject({ state: 'draft', owner: 'sato', file })
})

test('drafting again renews what nobody edited, and says where both changed', async () => {
  await tabiji('postmortem', 'draft', 'INC-0001', '--out', file)
  writeFileSync(
    file,
    text().replace('Scans fail. Hurt', 'Scans failed for everybody. Hurt').replace('⟪what went well⟫', 'The alert.'),
  )
  await tabiji('fix', 'add', 'Back off', '--kind', 'prevent', '--incident', 'INC-0001', '--owner', 'sato')
  await tabiji('incident', 'edit', 'INC-0001', '--title', 'Scans fail in Osaka')
  const again = await tabiji('postmortem', 'draft', 'INC-0001', '--out', file)
  expect(again.stdout).toBe(`INC-0001: ${file} renewed\n`)
  expect(again.stderr).toMatch(/INC-0001\.md:\d+: `summary` was edited and the record says something new/)
  expect(text()).toContain('Scans failed for everybody. Hurt')
  expect(text()).toContain('The alert.')
  expect(text()).toContain('| FIX-0001 | Back off | prevent | sato |')
})

test('what speaks against publishing is told at once; a postmortem is read before it is published', async () => {
  await tabiji('postmortem', 'draft', 'INC-0001', '--out', file)
  const check = await tabiji('postmortem', 'check', file)
  expect(check).toMatchObject({ exit: 1, stdout: '' })
  expect(check.stderr).toContain('Expected numbers of the impact of INC-0001, got none')
  expect(check.stderr).toContain('Expected at least one permanent fix, or why there is none, got neither')
  expect(check.stderr).toMatch(/INC-0001\.md:\d+:1: Expected somebody to have written: what went well/)
  expect(await tabiji('postmortem', 'review', file)).toMatchObject({
    exit: 0,
    stdout: 'INC-0001: the postmortem is in review\n',
  })
  expect(text()).toContain('state: inReview')
  expect(standing()?.causes).toEqual([{ id: 'retry', text: 'Retries have no back-off', bone: 'design' }])
  const published = await tabiji('postmortem', 'publish', file)
  expect(published).toMatchObject({ exit: 1, stdout: '' })
  expect(standing()?.postmortem?.state).toBe('inReview')
})

test('a file about another incident is left alone', async () => {
  await tabiji('postmortem', 'draft', 'INC-0001', '--out', file)
  await tabiji('incident', 'open', 'Other')
  const before = text()
  const ran = await tabiji('postmortem', 'draft', 'INC-0002', '--out', file)
  expect(ran.stderr).toContain('to be about INC-0002, but it is about INC-0001')
  expect(text()).toBe(before)
})

test('the collector refuses to publish by itself, with everything that the record lacks', async () => {
  await tabiji('postmortem', 'draft', 'INC-0001', '--out', file)
  await tabiji('postmortem', 'review', file)
  await tabiji('fix', 'add', 'Write it down', '--kind', 'process', '--incident', 'INC-0001', '--due', '2026-11-20')
  const refused = desk.work.changeIncident('INC-0001', { type: 'setPostmortem', state: 'published' })
  expect(refused.ok ? [] : refused.problems.map(({ message }) => message)).toEqual([
    'Expected numbers of the impact of INC-0001, got none',
    'Expected FIX-0001 to have an owner, got none',
    'Expected at least one fix of level 1 that is not `process`, got only such: rules do not hold on a bad day',
  ])
  expect(standing()?.postmortem?.state).toBe('inReview')
})

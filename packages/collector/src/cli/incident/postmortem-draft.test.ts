import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { assembleTimeline, timelineText } from '@tabiji/core/incident'
import { isoIn } from '@tabiji/core/time'
import { Router } from 'express'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { postmortemRoutes } from '../../http/api/postmortem-routes.ts'
import { workRoutes } from '../../http/api/work-routes.ts'
import { runCli } from '../../testing/captured-io.ts'
import { openWorkDesk, type WorkDesk } from '../../testing/work-desk.ts'
import { serveRoutes, type WorkServer } from '../../testing/work-server.ts'
import { fixCommand } from '../fix/fix.ts'
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
  const routes = Router().use(workRoutes(desk.work), postmortemRoutes(desk))
  routes.get('/incidents/:key/timeline', (request, response) => {
    response.json({ lines: linesOf(request.params.key) })
  })
  server = await serveRoutes(routes)
  await tabiji('incident', 'open', 'Scans fail', '--level', '1', '--journey', 'measure-feet')
  await tabiji('incident', 'cause', 'INC-0001', 'retry', 'Retries have no back-off', '--bone', 'design')
})
afterEach(async () => {
  await server.close()
  desk.close()
  rmSync(folder, { recursive: true, force: true })
})

/** The lines as the collector tells them, without the books, which this desk has none of. */
function linesOf(key: string) {
  return assembleTimeline(key, desk.store.incidentHistory(key).events, []).map(({ facts, at, ...line }) => {
    const text = (language: 'en' | 'ja') => timelineText({ ...line, facts, at }, language, 'Asia/Tokyo')
    return { ...line, at: isoIn(at, 'Asia/Tokyo'), kind: facts.kind, text: { en: text('en'), ja: text('ja') } }
  })
}

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
  const problems = refused.ok ? [] : refused.problems
  expect(problems.map(({ hint }) => hint)).toContain('tabiji fix assign FIX-0001 NAME')
  expect(problems.map(({ message }) => message)).toEqual([
    'Expected numbers of the impact of INC-0001, got none',
    'Expected FIX-0001 to have an owner, got none',
    'Expected at least one fix of level 1 that is not `process`, got only such: rules do not hold on a bad day',
  ])
  expect(standing()?.postmortem?.state).toBe('inReview')
})

test('the draft has the lines with a star first, the decisions, and a picture beside it that people may change', async () => {
  const written = (command: Parameters<WorkDesk['work']['changeIncident']>[1]) =>
    desk.work.changeIncident('INC-0001', command, 'suzuki')
  written({ type: 'note', text: 'rolled back payments', via: 'person' })
  written({ type: 'note', text: 'wrong host', via: 'person' })
  written({ type: 'strike', line: 'L-0002', reason: 'another host' })
  written({ type: 'star', line: 'L-0001' })
  written({ ...{ type: 'decide', via: 'person', knew: '5xx', options: ['wait'] }, choice: 'roll back', why: 'quick' })
  written({ type: 'takeRole', role: 'lead', name: 'suzuki' })
  written({ type: 'resolve' })
  await tabiji('postmortem', 'draft', 'INC-0001', '--out', file)
  const picture = join(folder, 'postmortems', 'INC-0001-fishbone.svg')
  expect(text()).toMatch(
    /<!-- tabiji:timeline -->\n- ★ .* rolled back payments\n\nEverything else:\n\n- .*Incident opened/,
  )
  expect(text()).not.toContain('wrong host')
  expect(text()).not.toContain('suzuki')
  expect(text()).toMatch(/### Decisions\n\n<!-- tabiji:decisions -->\n- .*Decision: roll back\. Known then: 5xx/)
  expect(text()).toContain('![Fishbone of the causes: Scans fail](INC-0001-fishbone.svg)')
  expect(text()).toContain('due: 2026-10-23')
  expect(readFileSync(picture, 'utf8')).toContain('Retries have no back-off')
  // The causes of the file count from here on: the picture follows them, until somebody draws in it.
  writeFileSync(file, text().replace('text: Retries have no back-off', 'text: Retries come at once'))
  await tabiji('postmortem', 'draft', 'INC-0001', '--out', file)
  expect(readFileSync(picture, 'utf8')).toContain('Retries come at once')
  writeFileSync(picture, '<svg>mine</svg>')
  const again = await tabiji('postmortem', 'draft', 'INC-0001', '--out', file)
  expect(again.stderr).toContain('somebody changed the picture, so it stays as it is')
  expect(readFileSync(picture, 'utf8')).toBe('<svg>mine</svg>')
})

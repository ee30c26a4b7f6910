import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { runCli } from '../../testing/captured-io.ts'
import { transcriptOf, wordsOf } from '../../testing/transcript.ts'
import { listen, type WorkServer } from '../../testing/work-server.ts'
import { runbookCommand } from './runbook.ts'

const JOURNEYS = `timeZone: Asia/Tokyo
classes: { write: 1s }
journeys:
  checkout:
    title: { en: Check out, ja: 購入 }
    owner: shop-team
    objectives: { availability: { target: 99 } }
    steps: { pay: { http: POST /orders, within: write }, view: { http: GET /orders, within: write } }
  search:
    title: { en: Search, ja: 検索 }
    objectives: { availability: { target: 99 } }
    steps: { find: { http: GET /find, within: write } }
`

let folder: string
let wiki: Omit<WorkServer, 'bugs'>
const asked: string[] = []

beforeEach(async () => {
  asked.length = 0
  folder = mkdtempSync(join(tmpdir(), 'tabiji-runbook-'))
  wiki = await listen((request, response) => {
    asked.push(`${request.method} ${request.url}`)
    if (request.url === '/moved') return void response.redirect('/here')
    if (request.url === '/metadata') return void response.redirect('http://169.254.169.254/latest')
    if (request.url === '/no-head' && request.method === 'HEAD') return void response.status(405).end()
    if (request.url === '/signed-in') return void response.status(401).end()
    response.status(request.url === '/gone' ? 404 : 200).end()
  })
  write('journeys.yaml', JOURNEYS)
  write(
    'tabiji.yaml',
    'journeys: journeys.yaml\nstore: tabiji.db\nrunbooks: [{ address: "https://wiki.example.org/r", folder: r, reviewWithin: 90d }]\n',
  )
  mkdirSync(join(folder, 'r'))
})
afterEach(async () => {
  await wiki.close()
  rmSync(folder, { recursive: true, force: true })
})

function write(name: string, text: string) {
  writeFileSync(join(folder, name), text)
}

const tabiji = async (...words: readonly string[]) => {
  const ran = await runCli([runbookCommand], ['runbook', ...words, '--config', join(folder, 'tabiji.yaml')])
  return { ...ran, stdout: ran.stdout.replaceAll(folder, '.'), stderr: ran.stderr.replaceAll(folder, '.') }
}

const HEAD = '---\njourney: checkout\nowner: shop-team\nreviewed: 2026-10-01\n---\n'
const problemsOf = async (...words: readonly string[]) => {
  const { exit, stdout } = await tabiji('check', '--json', ...words)
  const { problems } = JSON.parse(stdout) as { problems: { at?: { line: number; column: number }; message: string }[] }
  return { exit, problems: problems.map(({ at, message }) => `${at?.line}:${at?.column} ${message}`) }
}

test('a new page is there to be filled in, is fine, and is never written over', async () => {
  const made = await tabiji('new', 'checkout', 'pay', '--symptom', 'slow', '--language', 'ja')
  expect(made).toEqual({
    exit: 0,
    stdout: './r/checkout/pay-slow.md is there to be filled in\n',
    stderr: 'next: tabiji runbook check\n',
  })
  const text = readFileSync(join(folder, 'r/checkout/pay-slow.md'), 'utf8')
  expect(text).toContain('title: { en: "Check out: pay slow", ja: "購入:pay slow" }')
  expect(text).toContain('## 応急処置')
  expect((await tabiji('new', 'checkout', 'pay', '--symptom', 'slow')).stderr).toContain('is there already')
  expect((await tabiji('new', 'chekout')).stderr).toBe(
    'error: there is no journey chekout\n  fix: did you mean "checkout"?\n',
  )
  expect((await tabiji('new', 'checkout', '--symptom', 'sloow')).exit).toBe(2)
  expect(await tabiji('check', '--offline')).toEqual({
    exit: 0,
    stderr: '',
    stdout: expect.stringMatching(
      /warning {2}nobody says when it was reviewed[\s\S]*\n1 warning in 1 file\.\n\nWithout a runbook:\n {2}checkout\/view\n {2}search\n0 addresses were asked for\n$/,
    ),
  })
  expect((await tabiji('check', '--offline', '--strict')).exit).toBe(1)
  expect((await tabiji('list')).stdout).toBe(
    'FILE                  FOR                 OWNER      REVIEWED\ncheckout/pay-slow.md  checkout/pay, slow  shop-team  never\n',
  )
  expect((await tabiji('show', 'checkout/pay-slow')).stdout).toContain(
    'address   https://wiki.example.org/r/checkout/pay-slow',
  )
})

test('every mistake is told with its place: front matter, names, age, links within and without', async () => {
  write('r/a.md', '---\njourney: checkot\nowner: a\nreviewed: 2026-07-01\n---\n# A\n')
  write('r/b.md', `${HEAD}# B\n[a](a.md#a) [no](none.md) [no](a.md#none)\n[self](#b) [no](#c) <mailto:a@example.org>\n`)
  write('r/c.md', '# C\n')
  write('r/d.md', '---\nsymptom: sloow\n---\n')
  expect(await problemsOf('--offline')).toEqual({
    exit: 1,
    problems: [
      '2:10 there is no journey "checkot"',
      '4:11 it was reviewed on 2026-07-01, longer ago than 90 days',
      '7:13 it links to none.md, and there is no such file',
      '7:27 it links to a.md#none, and there is no such heading',
      '8:12 it links to #c, and there is no such heading',
      '1:1 it says nowhere which alerts it is for, so that none brings it along',
      '2:10 Expected `symptom` to be error, slow, excluded, no-data or dependency:NAME, got "sloow"',
    ],
  })
  expect(asked).toEqual([])
  const { stdout } = await tabiji('check', '--offline')
  expect(stdout).toContain('5 errors, 2 warnings in 4 files.\n')
  expect(stdout).not.toContain('loaded')
})

test('addresses are asked for once, by HEAD before GET; redirects are followed, but never to where credentials are', async () => {
  const links = ['/here', '/here', '/moved', '/no-head', '/signed-in', '/gone', '/metadata']
  write('r/b.md', `${HEAD}# B\n${links.map((path) => `- <${wiki.url}${path}>\n`).join('')}`)
  const { exit, problems } = await problemsOf()
  expect(exit).toBe(1)
  expect(problems.map((text) => text.replaceAll(wiki.url, ''))).toEqual([
    '12:3 the address /gone is dead: it answers 404',
    '13:3 the address /metadata is dead: Expected an address that services run on; link-local and metadata addresses are never called',
  ])
  expect(asked.filter((each) => each === 'HEAD /here')).toHaveLength(2)
  expect(asked).toEqual(expect.arrayContaining(['HEAD /no-head', 'GET /no-head', 'GET /gone']))
})

test('a configuration without runbooks, or with a folder that is not there, is told', async () => {
  rmSync(join(folder, 'r'), { recursive: true })
  expect(await problemsOf('--offline')).toEqual({ exit: 1, problems: [expect.stringContaining('there is no folder')] })
  write('tabiji.yaml', 'journeys: journeys.yaml\nstore: tabiji.db\n')
  expect((await tabiji('check')).stderr).toContain('says nowhere where runbooks are kept')
  write('tabiji.yaml', 'journeys: journeys.yaml\nrunbooks: [{ address: nowhere, folder: r }]\n')
  expect((await tabiji('check')).stderr).toMatch(/tabiji\.yaml:2:\d+: Expected `runbooks\[0\]\.address`/)
})

test('the commands of the guide print what the guide shows', async () => {
  const lines = transcriptOf(readFileSync(new URL('../../../../../docs/guides/runbooks.md', import.meta.url), 'utf8'))
  const shown: string[] = []
  for (const line of lines.filter((each) => each.startsWith('$ '))) {
    const [, ...words] = wordsOf(line.slice(2))
    const { stdout } = await tabiji(...words)
    shown.push(line, ...stdout.replaceAll('./r/', 'runbooks/').trimEnd().split('\n'))
  }
  expect(shown).toEqual(lines)
})

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CHECKLIST_LIMIT, DEFAULT_CHECKLISTS } from '@tabiji/core/incident'
import type { Problem } from '@tabiji/core/problem'
import { afterAll, expect, test } from 'vitest'
import { checklistYaml } from '../cli/incident/checklist-text.ts'
import { readChecklist } from './checklist-file.ts'
import { resolveChecklists } from './checklists.ts'
import { createRotation } from './rotation.ts'

const folder = mkdtempSync(join(tmpdir(), 'tabiji-checklist-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function fileOf(text: string, name = 'list.yaml'): string {
  const file = join(folder, name)
  writeFileSync(file, text)
  return file
}

test.each([1, 2, 3] as const)('the list of level %i that comes with Tabiji is one that it takes', (level) => {
  const items = DEFAULT_CHECKLISTS[level]
  expect(readChecklist(fileOf(checklistYaml(items, level)))).toEqual({ ok: true, items, warnings: [] })
})

test('the less it hurts, the shorter the list', () => {
  const lengths = ([1, 2, 3] as const).map((level) => DEFAULT_CHECKLISTS[level].length)
  expect(lengths).toEqual(lengths.toSorted((a, b) => b - a))
  expect(new Set(lengths).size).toBe(3)
})

test('everything that is wrong is told at once, where it stands', () => {
  const read = readChecklist(
    fileOf(`items:
  - id: Lead
    text: { en: Lead }
  - id: stop
    text: { en: ${'x'.repeat(CHECKLIST_LIMIT.text + 1)}, ja: 止血する }
    minutes: 0.5
    link: javascript:alert(1)
    auto: acks
  - { id: stop, text: { en: Stop, ja: 止める }, color: red }
`),
  )
  if (read.ok) throw new Error('Expected it to be refused')
  const told = read.problems.map(({ code, at, message }) => `${code} ${at?.line}:${at?.column} ${message}`)
  expect(told).toMatchInlineSnapshot(`
    [
      "CHECKLIST_SHAPE 2:9 Expected \`items[0].id\` to be an id of small letters, digits and hyphens, at most 40, such as \`stop-bleeding\`, got "Lead"",
      "CHECKLIST_SHAPE 3:5 Expected \`items[0].text.ja\` to be a text, got nothing",
      "CHECKLIST_SHAPE 5:17 Expected \`items[1].text.en\` to be at most 75 characters: chat shows no more, got "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…",
      "CHECKLIST_SHAPE 6:14 Expected \`items[1].minutes\` to be a whole number of minutes, got 0.5",
      "CHECKLIST_SHAPE 7:11 Expected \`items[1].link\` to be an address that begins with http:// or https:// and holds no user and password, got "javascript:alert(1)"",
      "CHECKLIST_SHAPE 8:11 Expected \`items[1].auto\` to be "ack" or "journeys" or "changes", got "acks"",
      "CHECKLIST_REPEATED 9:11 Expected \`items[2].id\` to be an id that no other item has, got "stop"",
      "CHECKLIST_UNKNOWN_KEY 9:46 Unknown key \`color\` in \`items[2]\`",
    ]
  `)
})

test('a file that is missing, too large or no file is refused and not read whole', () => {
  const of = (file: string) => {
    const read = readChecklist(file)
    return read.ok ? undefined : read.problems.map(({ message }) => message.replace(folder, '…'))
  }
  expect(of(join(folder, 'none.yaml'))).toEqual(['Expected …/none.yaml to be a checklist that can be read (ENOENT)'])
  expect(of(folder)).toEqual(['Expected … to be a checklist that can be read (it is no file)'])
  expect(of(fileOf('x'.repeat(65_537), 'large.yaml'))).toEqual([
    'Expected …/large.yaml to be a checklist that can be read (it is larger than 64 KiB)',
  ])
})

test('the configuration names files by level, or a folder; the rest comes with Tabiji', () => {
  fileOf('items: [{ id: own, text: { en: Our own, ja: 独自の手順 } }]\n', 'level-2.yaml')
  const config = join(folder, 'tabiji.yaml')
  const own = [{ id: 'own', text: { en: 'Our own', ja: '独自の手順' } }]
  for (const checklists of ['.', { 2: 'level-2.yaml' }]) {
    const problems: Problem[] = []
    const lists = resolveChecklists({ checklists }, around(config), problems)()
    expect(problems).toEqual([])
    expect(lists[2]).toEqual({ items: own, file: join(folder, 'level-2.yaml') })
    expect(lists[1]).toEqual({ items: DEFAULT_CHECKLISTS[1] })
  }
})

const around = (file: string) => ({ file, rotation: createRotation() })

test('a mistake in a list that the configuration names is told with its place in that file', () => {
  const file = fileOf('items: [{ id: A, text: { en: A, ja: あ } }]\n', 'wrong.yaml')
  const problems: Problem[] = []
  resolveChecklists({ checklists: { 1: 'wrong.yaml' } }, around(join(folder, 'tabiji.yaml')), problems)
  expect(problems).toMatchObject([{ path: ['checklists', '1'], message: expect.stringContaining(`${file}:1:15: `) }])
})

test('a list is what its file holds since the last look; a mistake in it leaves the list before it in force', () => {
  const listOf = (id: string) => `items: [{ id: ${id}, text: { en: One, ja: 一つ } }]\n`
  const file = fileOf(listOf('first'), 'changing.yaml')
  const rotation = createRotation()
  const problems: Problem[] = []
  const config = join(folder, 'tabiji.yaml')
  const lists = resolveChecklists({ checklists: { 1: 'changing.yaml' } }, { file: config, rotation }, problems)
  const ids = () => lists()[1].items.map(({ id }) => id)
  fileOf(listOf('second'), 'changing.yaml')
  expect(ids()).toEqual(['first'])
  expect([rotation.look().taken, ids()]).toEqual([['checklists'], ['second']])
  fileOf(listOf('WRONG'), 'changing.yaml')
  expect(rotation.look().refused).toMatchObject([{ message: expect.stringContaining(`${file}:1:15: `) }])
  expect(ids()).toEqual(['second'])
  rmSync(file)
  expect(rotation.look().refused).toMatchObject([{ code: 'FILE_UNREADABLE' }])
  expect([ids(), problems]).toEqual([['second'], []])
})

import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readDefinition } from './definition.ts'
import { practiceProblems } from './practice.ts'
import { readConfig } from './read.ts'
import { folderWith, JOURNEYS } from './testing/folder.ts'

function read(practice: string, files: Readonly<Record<string, string>> = {}) {
  const text = `journeys: journeys.yaml\nstore: tabiji.db\n${practice}`
  const folder = folderWith({ 'tabiji.yaml': text, ...files })
  return { folder, read: readConfig(join(folder, 'tabiji.yaml'), {}, () => false) }
}

function planOf(practice: string, files: Readonly<Record<string, string>> = {}) {
  const { read: found } = read(practice, files)
  if (!found.ok) throw new Error(JSON.stringify(found.problems))
  return found.config.practice
}

test('without a word every journey is practised each quarter, and the list is the one of Tabiji', () => {
  const { members, drillEvery, checklist } = planOf('')
  const quarter = { count: 1, unit: 'Q' }
  expect([members, drillEvery]).toEqual([[], { 1: quarter, 2: quarter, 3: quarter }])
  expect(checklist().map(({ id }) => id)).toContain('lead-drill')
})

test('how often is said for all tiers, or for each', () => {
  const month = { count: 1, unit: 'M' }
  expect(planOf('practice: { drillEvery: 1M }').drillEvery).toEqual({ 1: month, 2: month, 3: month })
  expect(planOf('practice: { drillEvery: { 1: 1M, 3: false } }').drillEvery).toEqual({
    1: month,
    2: { count: 1, unit: 'Q' },
  })
})

test('everything that is wrong is told at once, where it stands, in the list too', () => {
  const practice = `practice:
  members:
    - { name: suzuki, since: 2026-13-01 }
    - { name: sato, since: 2026-10-01, journey: [a] }
    - { name: ito, since: 2026-10-01 }
    - { name: ito, since: 2026-10-02 }
  drillEvery: 1h
  checklist: list.yaml
`
  const { folder, read: found } = read(practice, { 'list.yaml': 'items:\n  - id: Lead\n' })
  const problems = found.ok ? [] : found.problems
  const told = problems.map(({ at, message }) => `${at?.line}:${at?.column} ${message}`.replaceAll(`${folder}/`, ''))
  expect(told).toMatchInlineSnapshot(`
    [
      "1:1 Expected \`routes.page\` to be at least one receiver, got nothing",
      "5:30 Expected \`practice.members[0].since\` to be a date such as 2026-10-20, got "2026-13-01"",
      "6:40 Unknown key \`journey\` in \`practice.members[1]\`",
      "8:15 Expected \`practice.members[3].name\` to be a name that no other member has, got "ito"",
      "9:15 Expected \`practice.drillEvery\` to be a stretch of the calendar such as \`1Q\`, \`1M\` or \`2w\`, up to a year, got "1h"",
      "10:14 list.yaml:2:5: Expected \`items[0].text\` to be of type object, got nothing",
      "10:14 list.yaml:2:9: Expected \`items[0].id\` to be an id of small letters, digits and hyphens, at most 40, such as \`stop-bleeding\`, got "Lead"",
    ]
  `)
})

test('a list that is mended is taken while the daemon runs, and one with a mistake leaves it in force', () => {
  const list = (id: string) => `items:\n  - { id: ${id}, text: { en: Read, ja: 読む } }\n`
  const { folder, read: found } = read('practice: { checklist: list.yaml }\n', { 'list.yaml': list('one') })
  if (!found.ok) throw new Error(JSON.stringify(found.problems))
  const ids = () => found.config.practice.checklist().map(({ id }) => id)
  expect(ids()).toEqual(['one'])
  writeFileSync(join(folder, 'list.yaml'), list('Two'))
  expect(found.rotate()).toMatchObject({
    taken: [],
    refused: [{ code: 'CHECKLIST_SHAPE' }, expect.anything()].slice(0, 1),
  })
  expect(ids()).toEqual(['one'])
  writeFileSync(join(folder, 'list.yaml'), list('two'))
  expect(found.rotate()).toMatchObject({ taken: ['practice.checklist'], refused: [] })
  expect(ids()).toEqual(['two'])
})

test('a journey or a team that the journeys file does not have is a warning', () => {
  const plan = planOf(`practice:
  members:
    - { name: a, since: 2026-10-01, journeys: [view-reslt] }
    - { name: b, since: 2026-10-01, team: nobody }
    - { name: c, since: 2026-10-01, team: app-team }
`)
  const journeys = readDefinition(JOURNEYS, 'journeys.yaml')
  if (!journeys.ok) throw new Error('Expected the file to be read')
  expect(practiceProblems(plan, journeys.definition)).toMatchObject([
    { severity: 'warning', path: ['practice', 'members', 0, 'journeys', 0], hint: 'did you mean "view-result"?' },
    { severity: 'warning', path: ['practice', 'members', 1, 'team'] },
  ])
})

test('a list that is not there is named once, with the command that writes one', () => {
  const { folder, read: found } = read('practice: { checklist: list.yaml }')
  const problems = found.ok ? [] : found.problems.filter(({ code }) => code === 'FILE_UNREADABLE')
  expect(problems).toMatchObject([
    {
      message: `Expected ${folder}/list.yaml to be a checklist that can be read (ENOENT)`,
      hint: `write one to begin with: tabiji practice checklist new > ${folder}/list.yaml`,
    },
  ])
})

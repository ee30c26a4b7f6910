import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Definition } from '@tabiji/core/journey'
import type { Problem } from '@tabiji/core/problem'
import { expect, test } from 'vitest'
import { readConfig } from './read.ts'
import { createRotation } from './rotation.ts'
import { folderWith } from './testing/folder.ts'
import { resolveTrackers, ticketRuleProblems, trackersSchema } from './trackers.ts'

const TOKEN = 'planted-secret-token-of-github'
const PLACE = { name: 'github', kind: 'github', repositories: ['acme/shop'], tokenEnv: 'TOKEN' }

function resolve(document: unknown, env: Record<string, string> = { TOKEN }) {
  const problems: Problem[] = []
  const around = {
    file: 'tabiji.yaml',
    env,
    readFile: () => ({ text: `${TOKEN}\n` }),
    rotation: createRotation(),
    isForbiddenAddress: (host: string) => host.startsWith('169.254.'),
  }
  const found = resolveTrackers(document, around, problems)
  return { found, codes: problems.map(({ code }) => code), text: JSON.stringify(problems) }
}

test('a tracker is read every five minutes with a label of its own, by a token that nothing prints', () => {
  const { found, codes } = resolve({ trackers: [PLACE] })
  expect(codes).toEqual([])
  expect(found).toMatchObject([{ url: 'https://api.github.com', label: 'permanent-fix', intervalMs: 300_000 }])
  expect(found[0]?.token()).toBe(TOKEN)
  expect(JSON.stringify(found)).not.toContain('planted')
  expect(resolve({}).found).toEqual([])
})

const JIRA = {
  name: 'jira',
  kind: 'jira',
  url: 'https://acme.atlassian.net',
  project: 'SHOP',
  email: 'bot@acme.example',
}

test('a project of Jira is read by a label, or by a query that says which issues are fixes', () => {
  const query = 'project in (SHOP, WEB) AND type = 恒久対応'
  const { found, codes } = resolve({
    trackers: [
      { ...JIRA, tokenEnv: 'TOKEN', label: '恒久"対応' },
      { ...JIRA, name: 'web', tokenEnv: 'TOKEN', jql: query },
    ],
  })
  expect(codes).toEqual([])
  expect(found).toMatchObject([
    { jql: 'project = "SHOP" AND labels = "恒久\\"対応"', issueType: 'Task' },
    { jql: query, label: 'permanent-fix' },
  ])
  const ordered = [{ ...JIRA, tokenEnv: 'TOKEN', jql: 'project = SHOP order  by created' }]
  expect(trackersSchema.safeParse(ordered).success).toBe(false)
})

test('new tickets go where the configuration says, and Jira’s other projects are read, too', () => {
  const create = [{ project: 'WEB', teams: ['web-team'], steps: ['checkout/pay'] }]
  const shop = { ...PLACE, repositories: ['acme/shop', 'acme/web'], dueField: 'Target date' }
  const { found, codes } = resolve({
    trackers: [
      { ...shop, create: [{ repository: 'acme/web', journeys: ['checkout'] }], blocked: { labels: ['on hold'] } },
      { ...JIRA, tokenEnv: 'TOKEN', create, blocked: { statuses: ['保留'], flag: 'customfield_10021' } },
    ],
  })
  expect(codes).toEqual([])
  expect(found).toMatchObject([
    { create: [{ place: 'acme/web', journeys: ['checkout'] }], blocked: ['on hold'], dueField: 'Target date' },
    {
      places: ['SHOP', 'WEB'],
      jql: 'project in ("SHOP", "WEB") AND labels = "permanent-fix"',
      create: [{ place: 'WEB', teams: ['web-team'], steps: ['checkout/pay'] }],
      blocked: { labels: ['blocked'], statuses: ['保留'], flag: 'customfield_10021' },
    },
  ])
})

test('a repository that is not followed gets no tickets, and a rule for nobody is warned of', () => {
  const { codes } = resolve({ trackers: [{ ...PLACE, create: [{ repository: 'acme/web', journeys: ['checkout'] }] }] })
  expect(codes).toEqual(['CONFIG_UNKNOWN'])
  const without = trackersSchema.safeParse([{ ...PLACE, create: [{ repository: 'acme/shop' }] }])
  expect(JSON.stringify(without.error?.issues)).toContain('`journeys`, `teams` or `steps`')
  const journey = { name: 'checkout', title: { en: 'x', ja: 'x' }, tier: 1, objectives: [], owner: 'web' } as const
  const step = { name: 'pay' } as Definition['journeys'][number]['steps'][number]
  const definition = { timeZone: 'UTC', classes: {}, journeys: [{ ...journey, steps: [step] }], fingerprint: 'x' }
  const rules = [
    { place: 'acme/shop', journeys: ['checkout', 'cart'], teams: ['web'], steps: ['checkout/pay', 'checkout/ship'] },
  ]
  expect(
    ticketRuleProblems([{ create: rules }], definition).map(({ path, severity }) => [path.join('.'), severity]),
  ).toEqual([
    ['trackers.0.create.0.journeys.1', 'warning'],
    ['trackers.0.create.0.steps.1', 'warning'],
  ])
})

test('the guide’s example is taken', () => {
  const guide = readFileSync(join(import.meta.dirname, '../../../../docs/guides/trackers.md'), 'utf8')
  const example = [...guide.matchAll(/```yaml\n(trackers:[\s\S]*?)```/g)]
    .map(([, text = '']) => text)
    .join('')
    .replace(/\ntrackers:/g, '')
  const [folder, file] = [folderWith({ 'secrets/github': `${TOKEN}\n`, 'secrets/jira': `${TOKEN}\n` }), 'tabiji.yaml']
  writeFileSync(join(folder, file), `journeys: journeys.yaml\nstore: tabiji.db\n${example}\n`)
  const read = readConfig(join(folder, file), {}, () => false)
  if (!read.ok) throw new Error(read.problems.map(({ message }) => message).join('\n'))
  expect(read.config.trackers).toMatchObject([
    { name: 'github', repositories: ['acme/shop', 'acme/shop-web'] },
    { name: 'shop', create: [{ place: 'acme/ml' }, { place: 'acme/shop-web', teams: ['web-team'] }] },
    { name: 'jira', url: 'https://acme.atlassian.net/', places: ['SHOP'] },
  ])
  expect(read.config.trackers[0]?.token()).toBe(TOKEN)
})

test.each([
  ['no token', [{ ...PLACE, tokenEnv: undefined }], {}],
  ['a token that is too short', [PLACE], { TOKEN: 'planted' }],
  ['an address that is nobody’s', [{ ...PLACE, url: 'http://169.254.169.254/' }], { TOKEN }],
  ['a name that stands there twice', [PLACE, PLACE], { TOKEN }],
])('%s is refused without being told', (_, trackers, env) => {
  const { codes, text } = resolve({ trackers: JSON.parse(JSON.stringify(trackers)) }, env)
  expect(codes).toHaveLength(1)
  expect(text).not.toContain('planted')
})

test.each([['acme'], ['acme/shop/issues'], ['../../user'], ['acme/shop?x=1']])('%s is no repository', (repository) => {
  expect(trackersSchema.safeParse([{ ...PLACE, repositories: [repository] }]).success).toBe(false)
})

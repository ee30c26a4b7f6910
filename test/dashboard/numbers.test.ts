import { renderObjectiveMonth, renderSection } from '@tabiji/report/page'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { numbersOf } from '../report/testing/written/written.ts'
import { blocksOf } from './testing/numbers/blocks.ts'
import { type Documents, documentsOf, MONTHS } from './testing/numbers/documents.ts'
import { type Known, knownIn } from './testing/numbers/known.ts'
import { misprinted, unclaimedIn } from './testing/numbers/unclaimed.ts'
import { playWorld, type World } from './testing/numbers/world.ts'

const LANGUAGES = ['en', 'ja'] as const
type Language = (typeof LANGUAGES)[number]

let world: World
let documents: Documents
let known: Known

beforeAll(async () => {
  // No browser prints here: that takes seconds, and is shown elsewhere.
  vi.stubEnv('TABIJI_BROWSER', '/nowhere')
  world = await playWorld()
  documents = await documentsOf(world)
  known = knownIn(documents.all, documents.overview.at, MONTHS)
  // The days of all journeys are counted at the first look.
  await vi.waitFor(async () => expect(await world.page('/journeys', 'en')).toContain('<svg class="days"'), 120_000)
}, 600_000)
afterAll(async () => {
  vi.unstubAllEnvs()
  await world?.end()
})

/** Every page that there is, each journey by each of its objectives, in this month and the one before. */
function pathsOf({ overview, alerts, incidents, fixes, members }: Documents): readonly string[] {
  const details = overview.journeys.flatMap(({ name, objectives }) =>
    objectives.flatMap((objective) => MONTHS.map((month) => `/journeys/${name}?o=${objective.name}&month=${month}`)),
  )
  return [
    ...['/journeys', `/journeys?open=${overview.journeys.map(({ name }) => name).join(',')}`, ...details],
    ...['/alerts', '/alerts?state=all', ...alerts.map(({ id }) => `/alerts/${id}`)],
    ...['/incidents', '/incidents?state=open', ...incidents.map(({ key }) => `/incidents/${key}`)],
    ...['/fixes', '/fixes?view=list', '/fixes?view=ageing', ...fixes.map(({ fix }) => `/fixes/${fix.key}`)],
    ...['/reports', '/reports/2026-10', '/drills', ...members.map(({ name }) => `/drills/members/${name}`)],
    ...['/settings', '/silences', '/silences?state=all'],
  ]
}

/** What the report itself says of the same facts, to stand in a page as it is. */
function reportParts(path: string, language: Language): readonly string[] {
  const { pathname, searchParams } = new URL(path, 'http://x')
  const facts = documents.months.get(searchParams.get('month') ?? MONTHS[1])
  if (facts === undefined) throw new Error(`Expected the facts of the month in ${path}`)
  const section = (name: 'fixes' | 'times') => renderSection(facts, language, name).map(({ markup }) => markup)
  if (pathname === '/fixes') return searchParams.get('view') === 'ageing' ? section('fixes') : []
  if (pathname === '/drills') return section('times')
  const [, journey] = /^\/journeys\/(.+)$/.exec(pathname) ?? []
  if (journey === undefined) return []
  const objective = searchParams.get('o') ?? ''
  return renderObjectiveMonth(facts, language, { journey: decodeURIComponent(journey), objective }).map(
    ({ markup }) => markup,
  )
}

async function lookAt(
  path: string,
  language: Language,
): Promise<{ readonly html: string; readonly lacks: readonly string[] }> {
  const html = await world.page(path, language)
  const parts = reportParts(path, language)
  const lacks = parts.filter((part) => !html.includes(part)).map((part) => `${path} lacks ${part.slice(0, 200)}`)
  return { html: parts.reduce((rest, part) => rest.replace(part, ''), html), lacks }
}

test.each(LANGUAGES)(
  'every number that a page says in %s is what the API says at the same moment',
  async (language) => {
    const found: string[] = []
    for (const path of pathsOf(documents)) {
      const { html, lacks } = await lookAt(path, language)
      found.push(...lacks, ...unclaimedIn(path, html, documents, known))
    }
    expect(found).toEqual([])
  },
  600_000,
)

test('the world has what it says: every state, what burns, what is corrected, sliced, and never was', () => {
  const objectives = documents.overview.journeys.flatMap((journey) => journey.objectives)
  expect(new Set(objectives.map(({ state }) => state))).toEqual(
    new Set(['spent', 'risk', 'watch', 'healthy', 'unjudged']),
  )
  expect(objectives.filter(({ burning }) => burning).length).toBeGreaterThan(1)
  expect(objectives.some(({ raw }) => raw !== undefined)).toBe(true)
  expect(objectives.filter(({ budgeting }) => budgeting !== undefined)).toHaveLength(2)
  expect(documents.alerts.map(({ level }) => level)).toEqual(expect.arrayContaining([1, 2, 3]))
  expect(documents.incidents.some(({ drill }) => drill)).toBe(true)
  const verdicts = [...documents.months.values()].flatMap(({ journeys }) => journeys.flatMap((one) => one.objectives))
  const unjudged = verdicts.map((one) => one.unjudged)
  expect(unjudged).toEqual(expect.arrayContaining(['no_events', 'too_little_traffic', 'data_gap']))
})

test('a number that is misprinted is found, wherever it stands', async () => {
  for (const path of ['/journeys', '/journeys/checkout?o=availability&month=2026-11', '/alerts/A-0018', '/fixes']) {
    const { html } = await lookAt(path, 'en')
    const wrong = misprinted(html)
    const saying = blocksOf(wrong).filter(({ text }) => numbersOf(text).length > 0)
    expect(saying.length).toBeGreaterThan(5)
    expect(unclaimedIn(path, wrong, documents, known).length).toBeGreaterThanOrEqual(saying.length)
  }
})

test('the report of the month that was issued says the same as the API of that month', async () => {
  const { facts } = (await world.ask('/reports/2026-10/facts')) as { facts: unknown }
  const told = documents.months.get('2026-10')
  expect(facts).toMatchObject({ journeys: told?.journeys, fixes: told?.fixes })
})

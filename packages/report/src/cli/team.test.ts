import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type MonthFacts, narrowToTeam, teamPartsOf } from '@tabiji/core/report'
import { expect, test } from 'vitest'
import { folder, runCommand, serve } from '../testing/command.ts'
import { emptyFacts, octoberFacts } from '../testing/facts.ts'

const TEAM = 'fit-team'

/** October, of which the first two journeys are one team's and the others another's. */
function shared(facts: MonthFacts): MonthFacts {
  const owned = facts.journeys.map((journey, i) => ({ ...journey, owner: i < 2 ? TEAM : 'shop & co' }))
  return { ...facts, journeys: owned }
}

/** As a collector freezes it: with what each team is told. */
function frozen(): MonthFacts {
  const facts = shared(octoberFacts())
  const { fixes, alerts } = emptyFacts()
  return { ...facts, teamParts: { [TEAM]: { fixes, alerts }, 'shop & co': teamPartsOf(facts) } }
}

test('a team has a report of its own, which says so first and stands beside that of all', async () => {
  const facts = narrowToTeam(frozen(), TEAM, emptyFacts())
  const { url, requests } = await serve(({ url: asked = '' }, response) => {
    response.statusCode = asked.startsWith('/api/v1/months/2026-10/facts') ? 200 : 404
    response.end(JSON.stringify(response.statusCode === 200 ? facts : {}))
  })
  const cwd = folder()
  const wanted = ['2026-10', '--team', TEAM, '--format', 'md,csv,slack']
  const { exit, stderr } = await runCommand([...wanted, '--url', url, '--quiet'], { cwd })
  expect([exit, stderr]).toEqual([0, ''])
  expect(requests.map((request) => request.url)).toEqual([
    '/api/v1/reports/2026-10/facts?team=fit-team',
    '/api/v1/months/2026-10/facts?team=fit-team',
  ])
  expect(readdirSync(cwd)).toContain('report-2026-10.fit-team.journeys.csv')
  const read = (name: string) => readFileSync(join(cwd, name), 'utf8')
  const page = read('report-2026-10.fit-team.ja.md')
  expect(page).toContain('fit-teamのジャーニーと、それに関わる内容だけを載せています。')
  expect(read('report-2026-10.fit-team.en.slack.json')).toContain('Only the journeys of fit-team')
  expect(page).not.toContain('INC-0099')
  for (const { title, owner } of frozen().journeys) expect(page.includes(title.ja), title.ja).toBe(owner === TEAM)
})

test('frozen facts are narrowed from a file; facts that tell only sums are not, and neither is an unknown team', async () => {
  const cwd = folder()
  writeFileSync(join(cwd, 'frozen.json'), JSON.stringify(frozen()))
  writeFileSync(join(cwd, 'sums.json'), JSON.stringify(shared(octoberFacts())))
  writeFileSync(join(cwd, 'quiet.json'), JSON.stringify({ ...shared(octoberFacts()), ...emptyOf() }))
  const run = (file: string, team: string) =>
    runCommand(['--facts', file, '--team', team, '--format', 'json', '--out', '-'], { cwd })
  const narrowed = await run('frozen.json', 'shop & co')
  expect(narrowed).toMatchObject({ exit: 0 })
  expect(JSON.parse(narrowed.stdout)).toMatchObject({ team: 'shop & co', journeys: [{}, {}, {}] })
  expect(await run('quiet.json', TEAM)).toMatchObject({ exit: 0, stdout: expect.stringContaining(TEAM) })
  const sums = await run('sums.json', 'shop & co')
  expect([sums.exit, sums.stderr]).toEqual([
    1,
    expect.stringMatching(
      /sums\.json tells the fixes, alerts of all teams.*\n.*tabiji-report 2026-10 --team 'shop & co'/,
    ),
  ])
  const unknown = await run('frozen.json', 'nobody')
  expect([unknown.exit, unknown.stderr]).toEqual([1, expect.stringContaining('known: fit-team, shop & co')])
  expect(await runCommand(['--team', ' '], { cwd })).toMatchObject({
    exit: 2,
    stderr: expect.stringContaining('Expected --team to be the name of a team'),
  })
})

function emptyOf() {
  const { fixes, alerts } = emptyFacts()
  return { fixes, alerts }
}

test('what a collector says of a team is told with its way out, and one that knows no teams is found out', async () => {
  const cwd = folder()
  let older = false
  const { url } = await serve(({ url: asked = '' }, response) => {
    const error = { code: 'TEAM_UNKNOWN', message: 'No journey of 2026-10 is owned by nobody', hint: 'known: fit-team' }
    response.statusCode = older && asked.includes('/months/') ? 200 : 404
    response.end(JSON.stringify(older ? octoberFacts() : { error }))
  })
  const ask = () => runCommand(['2026-10', '--team', 'nobody', '--url', url], { cwd })
  const told = await ask()
  expect([told.exit, told.stderr]).toEqual([1, expect.stringMatching(/owned by nobody\n {2}fix: known: fit-team/)])
  older = true
  expect(await ask()).toMatchObject({ exit: 1, stderr: expect.stringContaining('it is older than --team') })
})

import { DAY } from '@tabiji/core/time'
import { expect, onTestFinished, test, vi } from 'vitest'
import { openPages } from './testing/open-pages.ts'

test('fixes are added, described, split and merged by forms, and found by team, journey and view', async () => {
  const { ask, send, turn } = await openPages()
  await turn()
  expect((await ask('/fixes')).text).toContain('No fixes yet.')
  const added = await send('/do/fixes', { title: 'Back off', kind: 'prevent', journey: 'checkout', owner: 'aoi' })
  expect(added).toMatchObject({ status: 303, to: '/fixes/FIX-0001' })
  await send('/do/fixes', { title: 'Elsewhere', kind: 'process' })
  await send('/do/fixes/FIX-0001/edit', { title: 'Back off twice', kind: 'prevent', incident: '', journey: '' })
  const part = await send('/do/fixes', {
    splitFrom: 'FIX-0001',
    title: 'The client',
    kind: 'prevent',
    journey: 'checkout',
  })
  expect(part.to).toBe('/fixes/FIX-0003')
  expect((await ask('/fixes/FIX-0003')).text).toMatch(/A part of<\/dt><dd><a href="\/fixes\/FIX-0001">/)
  await send('/do/fixes/FIX-0003/merge', { into: 'FIX-0001' })
  expect((await ask('/fixes/FIX-0003')).text).toMatch(/Merged into<\/dt><dd><a href="\/fixes\/FIX-0001">/)
  const refused = await send('/do/fixes/FIX-0001/move', { due: '2026-10-16', reason: '' })
  expect(refused.text).toContain('Expected `reason` to have')

  const board = (await ask('/fixes')).text
  expect(board).toContain('Back off twice')
  expect(board).toContain('open 2 · overdue 0')
  const ours = (await ask('/fixes?view=list&team=shop-team')).text
  expect([ours.includes('Back off twice'), ours.includes('Elsewhere')]).toEqual([true, false])
  expect((await ask('/fixes?view=list&journey=checkout')).text).toContain('not for one journey')
  expect((await ask('/fixes?view=ageing')).text).toMatch(/id="ageing"[\s\S]*<svg/)
})

test('a report goes from what is missing over a look to its issue, and again with a reason', async () => {
  // Four PDFs would be printed that nobody looks at here.
  vi.stubEnv('TABIJI_BROWSER', '/nowhere')
  onTestFinished(() => void vi.unstubAllEnvs())
  const { ask, send, turn, pass } = await openPages()
  await turn()
  await ask('/reports')
  await send('/do/incidents', { title: 'Pay fails', 'journeys:list': 'checkout', 'level:number': '1' })
  pass(20 * DAY)
  await turn()
  expect((await send('/do/reports/2026-10/draft', {})).status).toBe(303)
  const year = (await ask('/reports')).text
  expect(year).toContain('1 incident is open')
  expect((await ask('/reports?year=1999')).text).toContain('<h2>2026</h2>')
  const month = (await ask('/reports/2026-10')).text
  expect(month).toContain('an incident that is still open: Pay fails')
  await send('/do/reports/2026-10/comments', { journey: 'checkout', text: 'The gateway was down' })
  expect((await ask('/reports/2026-10')).text).toContain('The gateway was down')
  expect((await send('/do/reports/2026-10/issue', { reason: 'nobody measured' })).status).toBe(303)
  await send('/do/reports/2026-10/comments', { journey: 'checkout', text: 'The gateway was down for an hour' })
  expect((await send('/do/reports/2026-10/reissue', { reason: 'a better comment' })).status).toBe(303)
  const issued = (await ask('/reports/2026-10')).text
  expect(issued).toMatch(/What r2 changed since r1[\s\S]*journeys\.checkout\.comment/)
  expect(issued).toContain('a better comment')
  expect((await ask('/reports/2026-10/files/report.ja.md')).text).toContain('The gateway was down for an hour')
})

test('a drill is made from a past incident, its pages are striped, and a finding becomes a fix', async () => {
  const { ask, send, counts, turn } = await openPages({ inhibitions: [] })
  await turn()
  counts.error = 500
  for (let i = 0; i < 4; i++) await turn()
  const [alert = ''] = /A-\d{4}/.exec((await ask('/alerts?level=1')).text) ?? []
  const [incident = ''] = /INC-\d{4}/.exec((await ask(`/alerts/${alert}`)).text) ?? []
  const key = incident === '' ? 'INC-0001' : incident
  if (incident === '')
    await send('/do/incidents', {
      title: 'Pay fails',
      'journeys:list': 'checkout',
      'episodes:list': alert,
      'level:number': '1',
    })
  const plan = (await ask(`/drills?incident=${key}`)).text
  expect(plan).toContain(`name="replay" value="${key}"`)
  expect(plan).toMatch(/What is expected/)
  const drill = await send('/do/drills', {
    journey: 'checkout',
    'sharePpm:percent': '100%',
    'perMinute:number': '600',
    'lengthMs:duration': '15m',
  })
  expect(drill).toMatchObject({ status: 303, to: '/drills/D-0001' })
  for (let i = 0; i < 20; i++) await turn()
  const held = (await ask('/drills')).text
  const practised = /INC-\d{4}(?=<\/a> 0 fixes)/.exec(held)?.[0]
  const opened = practised ?? (await openFor(held, send))
  const page = (await ask(`/incidents/${opened}`)).text
  expect(page).toContain('class="practice"')
  await send('/do/fixes', { title: 'Say it in the runbook', kind: 'process', incident: opened })
  const after = (await ask('/drills')).text
  expect(after).toContain(`${opened}</a> 1 fix`)
  expect(after).toMatch(/id="coverage"[\s\S]*✓ 1/)
})

/** Presses the button beside the drill, with what it carries. */
async function openFor(
  held: string,
  send: (path: string, fields: Record<string, string>) => Promise<{ to: string | null }>,
) {
  const form = held.split('action="/do/incidents"')[1]?.split('</form>')[0] ?? ''
  const fields = [...form.matchAll(/name="([^"]+)" value="([^"]*)"/g)].map(([, name = '', value = '']) => [name, value])
  const { to } = await send('/do/incidents', Object.fromEntries(fields))
  return to?.split('/').at(-1) ?? ''
}

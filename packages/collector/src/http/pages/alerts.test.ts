import type { MonthFacts } from '@tabiji/core/report'
import { expect, test } from 'vitest'
import { MINUTE } from '../../jobs/testing/books.ts'
import { openPages as open } from './testing/open-pages.ts'

const idsOn = (text: string) => [...text.matchAll(/<th scope="row"><a href="\/alerts\/(A-\d+)"/g)].map(([, id]) => id)
const rowOf = (text: string, level: number) =>
  new RegExp(`<caption>[^<]*${level}[\\s\\S]*?(<tr><th scope="row">[\\s\\S]*?</tr>)`).exec(text)?.[1] ?? ''

test('the board from the books: what burns, when the ticket is told, and what people do about the page', async () => {
  const { ask, send, counts, turn } = await open({ inhibitions: [] })
  await turn()
  expect((await ask('/alerts')).text).toContain('Nothing is firing.')
  counts.error = 500
  for (let i = 0; i < 4; i++) await turn()

  const board = await ask('/alerts')
  const page = rowOf(board.text, 1)
  const [id = ''] = idsOn(page)
  expect(page).toMatch(/\d+\.\d× \/ \d+\.\d×/)
  expect(page).toContain('nobody yet')
  expect(page).not.toContain('in the digest')
  // It rang on Thursday at noon, so the desk opens for it on Friday.
  expect(rowOf(board.text, 2)).toContain('in the digest of 2026-10-16 10:00')
  expect(idsOn((await ask('/alerts?level=2')).text)).not.toContain(id)
  expect(idsOn((await ask('/alerts?journey=checkout&level=1')).text)).toEqual([id])
  expect((await ask('/alerts?journey=nobody')).text).toContain('No alert fits this filter.')
  expect((await ask('/alerts?journey=chekout')).text).toMatch(/Did you mean <a[^>]*><strong>checkout</)

  expect(await send(`/do/alerts/${id}/ack`, { for: '2h', note: 'I <look>' })).toMatchObject({
    status: 303,
    to: '/alerts',
  })
  expect(rowOf((await ask('/alerts')).text, 1)).toContain('suzuki has it')
  expect(idsOn((await ask('/alerts?state=taken')).text)).toEqual([id])
  expect((await ask('/alerts?team=shop-team')).text).toMatch(/Open \d+<[\s\S]*Acknowledged 1</)
  const detail = (await ask(`/alerts/${id}`)).text
  expect(detail).toContain('suzuki · api · I &lt;look&gt;')
  expect(detail).toContain('Who was told')
  expect(detail).toMatch(/In the last \w+ [\d.]+\u00a0% of “[^”]+” failed, [\d.,]+ times faster than the budget allows/)
  expect(detail).toContain('Answered by suzuki (api), 1 min after it rang.')
  expect(detail).toMatch(/<svg class="chart"[^>]*aria-label="The budget burnt at most/)
  const opened = await send('/do/incidents', { title: 'Pay fails', 'journeys:list': 'checkout', 'episodes:list': id })
  expect(opened.status).toBe(303)
  expect(rowOf((await ask('/alerts')).text, 1)).toContain('href="/incidents/INC-0001"')
  // The page that rings on top of every screen is given back there by who took it.
  expect((await ask('/drills')).text).toMatch(new RegExp(`class="ringing"[\\s\\S]*/do/alerts/${id}/unack`))
  await send(`/do/alerts/${id}/unack`, {})
  expect(rowOf((await ask('/alerts')).text, 1)).toContain('nobody yet')
})

test('noise takes a page off people, is kept with its reason, and is counted until it is taken back', async () => {
  const { ask, send, url: api, counts, turn } = await open({ inhibitions: [] })
  await turn()
  counts.error = 500
  for (let i = 0; i < 4; i++) await turn()
  const [id = ''] = idsOn(rowOf((await ask('/alerts')).text, 1))
  const counted = async () => {
    await turn()
    const answer = await fetch(`${api}/api/v1/months/2026-10/facts`)
    const facts = (await answer.json()) as MonthFacts
    return facts.alerts.find(({ level }) => level === 1)
  }
  expect((await send(`/do/alerts/${id}/noise`, { reason: '' })).text).toContain('Expected `reason` to have')
  expect((await send(`/do/alerts/${id}/noise`, { reason: 'the load <test>' })).status).toBe(303)
  const page = (await ask(`/alerts/${id}`)).text
  expect(page).toContain('Judged to be noise by suzuki: the load &lt;test&gt;')
  expect(page).toContain('suzuki has it')
  expect(await counted()).toMatchObject({ fired: 1, actedOn: 0, judgedNoise: 1 })
  await send(`/do/alerts/${id}/not-noise`, { reason: 'it was real' })
  expect(await counted()).toMatchObject({ fired: 1, actedOn: 1, judgedNoise: 0 })
  expect((await send('/do/alerts/A-9999/noise', { reason: 'x' })).status).toBe(404)
})

test('what a silence holds back says by whose wish, and until when', async () => {
  const { ask, send, counts, turn } = await open()
  await turn()
  await ask('/alerts')
  const silence = { 'matchers:list': 'journey=checkout', owner: 'sato', reason: 'a planned <move>', for: '2h' }
  expect((await send('/do/silences', silence)).status).toBe(303)
  counts.error = 500
  for (let i = 0; i < 4; i++) await turn()
  const row = rowOf((await ask('/alerts')).text, 1)
  expect(row).toContain('held back by a silence (SIL-0001: a planned &lt;move&gt;) until 2026-10-15 14:00')
  const [held = ''] = idsOn(row)
  expect(idsOn((await ask('/alerts?state=quiet')).text)).toContain(held)
  expect((await ask('/alerts?state=over')).text).toContain('No alert fits this filter.')
  expect((await ask('/drills')).text).toMatch(
    /class="ringing striped" id="ringing-A-\d+" data-say="polite">[\s\S]*Nobody was told, because of SIL-0001 \(a planned &lt;move&gt;\) until 2026-10-15 14:00/,
  )
  for (let i = 0; i < 3; i++) await turn(50 * MINUTE)
  expect((await ask('/drills')).text).not.toContain('striped')
  expect(rowOf((await ask('/alerts')).text, 1)).not.toContain('held back')
})

test('a silence is looked at before it is made, and ends when the desk opens', async () => {
  const { ask, send, counts, turn } = await open()
  await turn()
  counts.error = 500
  for (let i = 0; i < 4; i++) await turn()
  const [link = ''] = /\/silences\?matchers=[^"]*level%3D1(?=#)/.exec((await ask('/alerts')).text) ?? []
  const linked = (await ask(link)).text
  expect(linked).toContain('1 alert that is open now')
  const end = /name="to" value="([^"]*T[^"]*)"/.exec(linked)?.[1] ?? ''
  expect(end).toBe('2026-10-16T10:00:00+09:00')
  const matchers = 'journey=checkout, level=1'
  const asked = new URLSearchParams({ matchers, for: '1h', to: '', reason: 'a move', owner: 'sato' })
  const seen = (await ask(`/silences?${asked}&to=${encodeURIComponent(end)}`)).text
  expect(seen).toContain('It would end 2026-10-16 10:00.')
  expect((await ask('/silences')).text).toContain('No silence is in force or planned.')
  const made = await send('/do/silences', { 'matchers:list': matchers, to: end, reason: 'a move', owner: 'sato' })
  expect(made).toMatchObject({ status: 303, to: '/silences/SIL-0001' })
  expect((await ask('/silences')).text).toMatch(/SIL-0001[\s\S]*title="2026-10-16 10:00 Asia\/Tokyo"/)
  await send('/do/silences/SIL-0001/end', { reason: 'done' })
  expect((await ask('/silences')).text).not.toContain('SIL-0001')
  expect((await ask('/silences?state=all')).text).toContain('SIL-0001')
})

test('an alert that there is not is missing, and an unknown filter hides nothing', async () => {
  const { ask } = await open()
  expect((await ask('/alerts/A-9999')).status).toBe(404)
  const page = await ask('/alerts?level=9&state=strange')
  expect([page.status, page.text.includes('Nothing is firing.')]).toEqual([200, true])
})

import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { MINUTE } from '../../jobs/testing/books.ts'
import { openPages } from './testing/open-pages.ts'

/** Breaks a part of the store under the collector that runs on it. */
function breakTables(file: string, ...tables: readonly string[]): void {
  const database = new Database(file)
  database.pragma('foreign_keys = OFF')
  for (const table of tables) database.exec(`DROP TABLE ${table}`)
  database.close()
}

test('a part that cannot be read says so in its place, by the name that the log has; the rest stands', async () => {
  const { ask, storeFile, turn } = await openPages()
  await turn()
  breakTables(storeFile, 'annotation', 'fix_event')

  const journey = await ask('/journeys/checkout')
  expect(journey.status).toBe(200)
  expect(journey.text).toMatch(/Changes and notes: this part could not be read\. The rest of the page stands\./)
  expect(journey.text).toMatch(/Fixes: this part could not be read/)
  expect(journey.text).toMatch(/the log of the collector says why under E-[0-9a-f]{8}\./)
  expect(journey.text).toContain('<div class="tiles">')
  expect(journey.text).toContain('By service and step')

  const overview = await ask('/journeys')
  expect(overview.status).toBe(200)
  expect(overview.text).toContain('Fixes: this part could not be read')
  expect(overview.text).toContain('href="/journeys/checkout"')
  expect((await ask('/alerts')).text).not.toContain('could not be read')

  const whole = await ask('/fixes')
  expect(whole.status).toBe(500)
  expect(whole.text).toMatch(/The collector failed[\s\S]*<code>E-[0-9a-f]{8}<\/code>/)
})

test('what is not read any more keeps its figures and says since when; read again it says nothing', async () => {
  const { ask, counts, turn, pass } = await openPages()
  await turn()
  counts.error = 5
  for (let i = 0; i < 3; i++) await turn()
  expect((await ask('/journeys')).text).not.toContain('(stale)')
  pass(4 * MINUTE)
  for (const path of ['/journeys', '/journeys/checkout']) {
    const { text } = await ask(path)
    expect(text).toMatch(/No data since 12:0\d \(3 min\): [^<]+\. What is shown is of then\./)
    expect(text).toContain('<span class="old">(stale)</span>')
    expect(text).toContain('Spent')
  }
  await turn()
  await turn()
  const again = (await ask('/journeys')).text
  expect(again).not.toContain('(stale)')
  expect(again).not.toContain('No data since')
})

test('what is done by a form is told to the pages that are open elsewhere at once, without an evaluation', async () => {
  const { ask, send, url } = await openPages()
  await ask('/journeys')
  const watching = new AbortController()
  const stream = await fetch(`${url}/live`, { signal: watching.signal })
  const heard = stream.body?.pipeThrough(new TextDecoderStream()).getReader()
  const until = async (text: string) => {
    let all = ''
    while (!all.includes(text)) all += (await heard?.read())?.value ?? ''
    return all
  }
  await until('retry')
  const opened = await send('/do/incidents', { title: 'Pay fails', 'journeys:list': 'checkout' })
  expect(opened.status).toBe(303)
  expect(await until('event: moved')).toContain('event: moved')
  watching.abort()
})

test('a command that was refused moves nothing', async () => {
  const { ask, send, url } = await openPages()
  await ask('/journeys')
  const watching = new AbortController()
  const stream = await fetch(`${url}/live`, { signal: watching.signal })
  const heard = stream.body?.pipeThrough(new TextDecoderStream()).getReader()
  await heard?.read()
  const refused = await send('/do/incidents', { title: '', 'journeys:list': 'nobody' })
  expect(refused.status).toBeGreaterThanOrEqual(400)
  const opened = await send('/do/incidents', { title: 'Pay fails', 'journeys:list': 'checkout' })
  expect(opened.status).toBe(303)
  // The first movement that is heard is that of the command that was taken: there is one, not two.
  expect((await heard?.read())?.value?.match(/event: moved/g)).toHaveLength(1)
  watching.abort()
})

test('who chooses a zone reads times in it; days and months stay those of the journeys file', async () => {
  const { ask, send, counts, turn } = await openPages()
  await turn()
  counts.error = 500
  for (let i = 0; i < 3; i++) await turn()
  expect((await ask('/alerts')).text).toContain('title="2026-10-15 12:00 Asia/Tokyo"')
  await send('/view', { zone: 'UTC' })
  const there = (await ask('/alerts')).text
  expect(there).toContain('title="2026-10-15 03:00 UTC"')
  expect(there).toContain('Times are those of UTC.')
  await send('/view', { zone: 'Atlantis' })
  expect((await ask('/alerts')).text).toContain('03:00 UTC')
  await send('/view', { zone: 'house' })
  expect((await ask('/alerts')).text).toContain('12:00 Asia/Tokyo')
})

test('what has no page of its own leads back to where it was made', async () => {
  const { ask, send } = await openPages()
  await ask('/journeys/checkout')
  const made = await send('/do/annotations', {
    ...{ kind: 'note', title: 'a move', 'journeys:list': 'checkout', back: '/journeys/checkout' },
  })
  expect(made).toMatchObject({ status: 303, to: '/journeys/checkout' })
  expect((await ask('/journeys/checkout')).text).toContain('a move')
})

test('every page is there for paper too', async () => {
  const { ask, turn } = await openPages()
  await turn()
  for (const path of ['/journeys', '/journeys/checkout?month=2026-10', '/alerts', '/fixes', '/reports', '/drills']) {
    const { status, text } = await ask(`/print${path}`)
    expect([path, status, text.includes('data-paper'), text.includes('<nav')]).toEqual([path, 200, true, false])
  }
  expect((await ask('/journeys')).text).not.toContain('data-paper')
  expect((await ask('/print/journeys/nobody')).status).toBe(404)
})

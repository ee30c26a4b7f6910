import { expect, test } from 'vitest'
import type { PageRooms } from './pages-house.ts'
import { OVERVIEW, openEmptyPages, READER, signedIn, WRITER } from './testing/empty-pages.ts'

test('without tokens a name is enough, is kept, and can be dropped', async () => {
  const browser = (await openEmptyPages([])).browser()
  expect((await browser.ask('/sign-in?to=/journeys')).text).toContain('Your name')
  expect((await browser.send('/sign-in', { name: '   ', to: '/journeys' })).status).toBe(422)
  expect(await browser.send('/sign-in', { name: '鈴木', to: '/journeys' })).toMatchObject({
    status: 303,
    to: '/journeys',
  })
  expect((await browser.ask('/journeys')).text).toContain('Signed in as 鈴木')
  await browser.send('/sign-out', {})
  expect((await browser.ask('/journeys')).text).not.toContain('鈴木')
})

test('with tokens nobody sees anything of the books before they sign in', async () => {
  const browser = (await openEmptyPages([WRITER])).browser()
  expect(await browser.ask('/journeys?q=a')).toMatchObject({ status: 303, to: '/sign-in?to=%2Fjourneys%3Fq%3Da' })
  expect((await browser.ask('/live', { headers: { accept: 'text/event-stream' } })).status).toBe(401)
  expect((await browser.ask('/nowhere')).status).toBe(303)
  expect((await browser.ask('/sign-in')).text).not.toContain(OVERVIEW.fingerprint)
  browser.jar.set('tabiji_who', 'sato')
  expect((await browser.ask('/journeys')).status).toBe(303)
})

test('a token signs in for twelve hours, until it is replaced, in one browser', async () => {
  let token = 'write-me'
  const house = await openEmptyPages([{ ...WRITER, token: () => token }])
  const browser = house.browser()
  expect((await signedIn(browser, 'write-me')).status).toBe(303)
  expect((await browser.ask('/journeys')).text).toContain('Signed in as sato')
  expect(browser.set.join()).not.toContain('write-me')
  const other = house.browser()
  await other.ask('/sign-in')
  other.jar.set('tabiji_signed', browser.jar.get('tabiji_signed') ?? '')
  expect((await other.ask('/journeys')).status).toBe(303)
  token = 'another'
  expect((await browser.ask('/journeys')).status).toBe(303)
  token = 'write-me'
  house.clock.now += 12 * 3_600_000
  expect((await browser.ask('/journeys')).status).toBe(303)
})

test('what the browser keeps cannot be changed into another name or a later end', async () => {
  const browser = (await openEmptyPages([READER, WRITER])).browser()
  await signedIn(browser, 'read-me')
  const kept = browser.jar.get('tabiji_signed') ?? ''
  for (const forged of [kept.replace('wall.board', 'sato'), kept.replace(/\.\d+\./, '.99999999999999.'), `${kept}x`]) {
    browser.jar.set('tabiji_signed', forged)
    expect((await browser.ask('/journeys')).status).toBe(303)
  }
})

test('who may read only sends no command, and is told why', async () => {
  const house = await openEmptyPages([READER, WRITER])
  const [reader, writer] = [house.browser(), house.browser()]
  await signedIn(reader, 'read-me')
  await reader.ask('/journeys')
  const refused = await reader.send('/do/alerts/A-1/ack', { back: '/journeys', note: 'mine' })
  expect([refused.status, refused.text.includes('mine')]).toEqual([403, true])
  await signedIn(writer, 'write-me')
  await writer.send('/do/alerts/A-1/ack', { back: '/journeys', by: 'somebody else' })
  expect(house.done).toEqual([['sato', { by: 'somebody else' }]])
})

test('guesses have to wait, and a right token does not get past the wait', async () => {
  const house = await openEmptyPages([WRITER])
  const browser = house.browser()
  await browser.ask('/sign-in')
  for (let i = 0; i < 3; i++) expect((await browser.send('/sign-in', { token: `guess ${i}` })).status).toBe(403)
  const early = await browser.send('/sign-in', { token: 'write-me' })
  expect([early.status, early.headers.get('retry-after')]).toEqual([429, '1'])
  house.clock.now += 1_000
  expect((await browser.send('/sign-in', { token: 'write-me' })).status).toBe(303)
})

test.each(['//evil.example', '/\\evil.example', 'https://evil.example', '/\t/evil.example', 'javascript:alert(1)'])(
  'nobody is led away by %s',
  async (to) => {
    const browser = (await openEmptyPages([])).browser()
    expect((await browser.ask(`/sign-in?to=${encodeURIComponent(to)}`)).text).toContain('name="to" value="/journeys"')
    expect((await browser.send('/sign-in', { name: 'abe', to })).to).toBe('/journeys')
    expect((await browser.send('/view', { language: 'ja', back: to })).to).toBe('/journeys')
  },
)

test('a form from elsewhere is refused: another origin, another site, no cookie, a wrong proof', async () => {
  const house = await openEmptyPages([])
  const browser = house.browser()
  await browser.ask('/sign-in')
  await browser.send('/sign-in', { name: 'abe', to: '/journeys' })
  const ack = (fields: Record<string, string>, headers: Record<string, string> = {}) =>
    browser.send('/do/alerts/A-1/ack', fields, headers)
  expect((await ack({}, { origin: 'https://evil.example' })).status).toBe(403)
  expect((await ack({}, { 'sec-fetch-site': 'cross-site' })).status).toBe(403)
  expect((await ack({}, { cookie: 'tabiji_who=abe' })).status).toBe(403)
  expect((await ack({ form: 'x'.repeat(43) })).status).toBe(403)
  expect(house.done).toEqual([])
  await ack({})
  expect(house.done).toEqual([[undefined, { by: 'abe' }]])
})

test('behind https everything that is kept is sent by https only', async () => {
  const browser = (await openEmptyPages([WRITER], { publicUrl: 'https://tabiji.example' })).browser()
  await signedIn(browser, 'write-me')
  expect(browser.set.length).toBeGreaterThan(1)
  for (const line of browser.set) expect(line).toMatch(/HttpOnly; Secure; SameSite=Lax/)
})

test('a proxy that is listed says who looks, and what it says is recorded as proved', async () => {
  const signIn = { header: 'x-forwarded-user', from: ['127.0.0.0/8', '::1'], may: 'write' } as const
  const house = await openEmptyPages([WRITER], { signIn })
  const browser = house.browser()
  const abe = { 'x-forwarded-user': 'abe' }
  expect((await browser.ask('/sign-in', { headers: abe })).text).toContain('You are signed in as abe.')
  await browser.send('/do/alerts/A-1/ack', { back: '/journeys' }, abe)
  expect(house.done).toEqual([['abe', {}]])
  for (const user of ['', 'abe, sato', 'x'.repeat(101)]) {
    expect((await browser.ask('/journeys', { headers: { 'x-forwarded-user': user } })).status).toBe(303)
  }
})

test('what another address says in that header is not believed, and neither is any header without a proxy', async () => {
  const signIn = { header: 'x-forwarded-user', from: ['10.0.0.1', '192.168.0.0/16', 'fd00::/8'], may: 'write' } as const
  const headers = { 'x-forwarded-user': 'abe', 'x-forwarded-for': '10.0.0.1' }
  expect((await (await openEmptyPages([WRITER], { signIn })).browser().ask('/journeys', { headers })).status).toBe(303)
  expect((await (await openEmptyPages([WRITER])).browser().ask('/journeys', { headers })).status).toBe(303)
})

test('what is loaded is shown, without how receivers are reached', async () => {
  const pager = { name: 'pager', kind: 'pagerduty', levels: [1], isFallback: false, url: 'https://secret.example' }
  const receivers = { list: () => [pager] } as unknown as PageRooms['receivers']
  const page = await (await openEmptyPages([], { receivers })).browser().ask('/settings')
  expect([page.status, page.text.includes('pagerduty'), page.text.includes('secret')]).toEqual([200, true, false])
  expect(page.text).toContain('the books are read')
})

test('a browser is told by a page that there is nothing, everybody else by JSON', async () => {
  const browser = (await openEmptyPages([])).browser()
  const page = await browser.ask('/nowhere')
  expect([page.status, page.headers.get('content-type')]).toEqual([404, 'text/html; charset=utf-8'])
  expect(page.text).toContain('There is no such page')
  expect(page.headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
  const json = await browser.ask('/nowhere', { headers: { accept: '*/*' } })
  expect([json.status, JSON.parse(json.text).error.code]).toEqual([404, 'NOT_FOUND'])
})

test('a browser is told by a page that we failed, even when no book can be read', async () => {
  const fail = () => {
    throw new Error('the store is damaged')
  }
  const page = await (await openEmptyPages([], {}, fail)).browser().ask('/journeys')
  expect(page.status).toBe(500)
  expect(page.text).toContain('The collector failed')
  expect(page.text).not.toContain('damaged')
})

import { expect, test } from 'vitest'
import { openEmptyPages, READER, signedIn, WRITER } from './testing/empty-pages.ts'

const ACK = '/do/alerts/A-1/ack'
const OURS = { 'sec-fetch-site': 'same-origin' }
const THEIRS = { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }

async function openNamed() {
  const house = await openEmptyPages([])
  const browser = house.browser()
  await browser.ask('/sign-in')
  await browser.send('/sign-in', { name: 'abe', to: '/journeys' })
  return { ...house, browser }
}

test('no spelling of a path comes to a command without its proof', async () => {
  const { browser, done } = await openNamed()
  for (const path of ['/DO/alerts/A-1/ack', '/Do/alerts/A-1/ack', '/do/alerts/A-1/ack/', '/do//alerts/A-1/ack']) {
    const { status } = await browser.send(path, { form: 'x'.repeat(43) }, OURS)
    expect([path, status]).toEqual([path, 403])
  }
  expect((await browser.ask(ACK)).status).toBe(405)
  expect(done).toEqual([])
})

test('what was typed into a form whose session was lost comes back in one that holds', async () => {
  const { browser, done } = await openNamed()
  const typed = { note: 'half an <b>hour</b>', back: '/alerts' }
  browser.jar.delete('tabiji_session')
  const refused = await browser.send(ACK, typed, OURS)
  expect(refused.status).toBe(403)
  expect(refused.headers.get('content-type')).toContain('text/html')
  expect(refused.text).toContain('value="half an &lt;b&gt;hour&lt;/b&gt;"')
  expect(refused.text).toContain('What you typed stands here.')
  expect(refused.text).not.toContain('Sign in in another tab')
  expect(done).toEqual([])
  await browser.send(ACK, typed, OURS)
  expect(done).toEqual([[undefined, { note: typed.note, by: 'abe' }]])
})

test('who was signed out meanwhile is led to sign in beside what they typed', async () => {
  const house = await openEmptyPages([WRITER])
  const browser = house.browser()
  await signedIn(browser, 'write-me')
  await browser.ask('/journeys')
  house.clock.now += 12 * 3_600_000
  const refused = await browser.send(ACK, { note: 'mine', back: '/alerts/A-1' }, OURS)
  expect([refused.status, refused.text.includes('value="mine"')]).toEqual([403, true])
  expect(refused.text).toMatch(/href="\/sign-in\?to=%2Falerts%2FA-1" target="_blank" rel="noopener"/)
  await signedIn(browser, 'write-me')
  await browser.send(ACK, { note: 'mine', back: '/alerts/A-1' }, OURS)
  expect(house.done).toEqual([['sato', { note: 'mine' }]])
})

test('what another site sends is not shown to be pressed, and leaves the session of the browser alone', async () => {
  const { browser, done } = await openNamed()
  const cookies = browser.set.length
  const forged = { note: 'what they wish', back: '/alerts' }
  const answers = [
    await browser.send(ACK, forged, THEIRS),
    // As a browser sends it: without what it keeps for us.
    await browser.send(ACK, forged, { ...THEIRS, cookie: '' }),
    await browser.send('/view', { language: 'ja' }, { ...THEIRS, cookie: '' }),
    await browser.send('/sign-in', { name: 'mallory' }, { ...THEIRS, cookie: '' }),
    await browser.send('/nowhere', {}, { ...THEIRS, cookie: '' }),
  ]
  expect(answers.map(({ status }) => status)).toEqual([403, 403, 403, 403, 404])
  for (const { text } of answers) {
    expect(text).toMatch(/^<!doctype html>/)
    expect(text).not.toMatch(/what they wish|action="\/do/)
  }
  expect(answers[0]?.text).toContain('This form is not from here')
  expect(browser.set.slice(cookies)).toEqual([])
  expect(done).toEqual([])
})

test('a token that was typed into a form that is too old is never said again', async () => {
  const browser = (await openEmptyPages([WRITER])).browser()
  await browser.ask('/sign-in')
  browser.jar.delete('tabiji_session')
  const refused = await browser.send('/sign-in', { token: 'write-me', back: '/sign-in?to=%2Falerts' }, OURS)
  expect(refused.status).toBe(403)
  expect(refused.text).not.toContain('write-me')
  expect(refused.text).toContain('<a href="/sign-in?to=%2Falerts">Open the page again</a>')
})

test('who sends a form without being a browser is told by JSON', async () => {
  const { browser } = await openNamed()
  const refused = await browser.send(ACK, { form: '' }, { accept: '*/*' })
  expect([refused.status, JSON.parse(refused.text).error.code]).toEqual([403, 'FORM_FOREIGN'])
})

test('a signed-in browser reads documents of the API, and changes nothing there', async () => {
  const house = await openEmptyPages([READER, WRITER])
  const browser = house.browser()
  const ask = async (headers: Record<string, string> = {}, method = 'GET') =>
    (await browser.ask('/api/v1/journeys', { method, headers })).status
  expect(await ask()).toBe(401)
  await signedIn(browser, 'write-me')
  expect(await ask()).toBe(200)
  expect(await ask({}, 'HEAD')).toBe(200)
  expect(await ask(OURS)).toBe(200)
  expect(await ask({ 'sec-fetch-site': 'cross-site', 'sec-fetch-dest': 'document' })).toBe(200)
  for (const method of ['POST', 'PUT', 'DELETE']) expect(await ask(OURS, method)).toBe(401)
  for (const dest of ['script', 'image', 'iframe', 'empty']) {
    expect(await ask({ 'sec-fetch-site': 'cross-site', 'sec-fetch-dest': dest })).toBe(401)
    expect(await ask({ 'sec-fetch-site': 'same-site', 'sec-fetch-dest': dest })).toBe(401)
  }
  // Who carries a token is known by it alone.
  expect(await ask({ authorization: 'Bearer wrong' })).toBe(401)
  house.clock.now += 12 * 3_600_000
  expect(await ask()).toBe(401)
})

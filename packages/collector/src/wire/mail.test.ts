import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { type MailServer, sendMail } from './mail.ts'
import { createAuthority, issue } from './testing/certificates.ts'
import { startMailServer } from './testing/mail-server.ts'

const NEVER = new AbortController().signal
const PASSWORD = 'mailpasswordmailpassword'
const LOGIN = { username: 'tabiji', password: PASSWORD }
const login = { username: 'tabiji', password: () => PASSWORD }
const ENVELOPE = { from: 'tabiji@example.org', to: ['sre@example.org', 'dev@example.org'] }
const MAIL = Buffer.from('Subject: hello\r\n\r\n.A line\r\n')

const send = (server: MailServer, signal = NEVER, timeoutMs = 15_000) =>
  sendMail(server, ENVELOPE, MAIL, { timeoutMs }, signal)

test('a mail goes to all recipients, dots and all', async () => {
  const { place, mails } = await startMailServer()
  expect(await send(place)).toEqual({ kind: 'accepted', refused: 0 })
  expect(mails).toEqual([{ ...ENVELOPE, raw: 'Subject: hello\r\n\r\n.A line\r\n', isSecure: false }])
})

test('some recipients are refused: said; all of them: refused', async () => {
  const some = await startMailServer({ unknown: ['dev@example.org'] })
  expect(await send(some.place)).toEqual({ kind: 'accepted', refused: 1 })
  const none = await startMailServer({ unknown: ENVELOPE.to })
  expect(await send(none.place)).toEqual({ kind: 'refused', code: 550, at: 'sending' })
})

test.each([
  ['not now', 451],
  ['never', 554],
])('a server that says %s', async (_, code) => {
  const { place, script, mails } = await startMailServer()
  script.push(code)
  expect(await send(place)).toEqual({ kind: 'refused', code, at: 'sending' })
  expect(mails).toEqual([])
})

test('a server that takes the mail and breaks off may have it', async () => {
  const { place, script } = await startMailServer()
  script.push('lost')
  expect(await send(place)).toMatchObject({ kind: 'failed', failure: 'unreachable', ambiguous: true })
})

test('a server that never answers is given up, and may have it', async () => {
  const { place, script } = await startMailServer()
  script.push('hang')
  expect(await send(place, NEVER, 1_000)).toMatchObject({ kind: 'failed', failure: 'timeout', ambiguous: true })
})

test('nobody listens, or nobody greets: nothing was taken', async () => {
  const silent = createServer()
  await new Promise<void>((done) => silent.listen(0, '127.0.0.1', done))
  onTestFinished(() => void silent.close())
  const port = (silent.address() as AddressInfo).port
  const place = { host: '127.0.0.1', port, isTls: false }
  expect(await send(place, NEVER, 500)).toMatchObject({ kind: 'failed', failure: 'timeout', ambiguous: false })
  await new Promise((done) => silent.close(done))
  expect(await send(place)).toMatchObject({ kind: 'failed', failure: 'unreachable', ambiguous: false })
})

test('called off under way, it may have been taken', async () => {
  const { place, script, mails } = await startMailServer()
  script.push('hang')
  const cut = new AbortController()
  const sending = send(place, cut.signal)
  await expect.poll(() => mails.length, { timeout: 20_000 }).toBe(1)
  cut.abort()
  expect(await sending).toMatchObject({ kind: 'failed', failure: 'unreachable', ambiguous: true })
})

test('a forbidden address is never called, whichever name it has', async () => {
  const forbidden = { kind: 'failed', failure: 'forbidden_address', ambiguous: false }
  expect(await send({ host: '169.254.169.254', port: 25, isTls: false })).toMatchObject(forbidden)
  const lookUp = (
    _: string,
    __: object,
    callback: (error: null, addresses: { address: string; family: number }[]) => void,
  ) => callback(null, [{ address: '169.254.169.254', family: 4 }])
  const named = { host: 'mail.example', port: 25, isTls: false }
  expect(await sendMail(named, ENVELOPE, MAIL, { timeoutMs: 5_000, lookUp }, NEVER)).toMatchObject(forbidden)
})

test('who signs in is let in; a wrong password is refused and told to nobody', async () => {
  const { place, mails } = await startMailServer({ login: LOGIN })
  expect(await send({ ...place, login })).toEqual({ kind: 'accepted', refused: 0 })
  const wrong = { username: 'tabiji', password: () => `${PASSWORD}2` }
  const refused = await send({ ...place, login: wrong })
  expect(refused).toEqual({ kind: 'refused', code: 535, at: 'signing in' })
  expect(JSON.stringify(refused)).not.toContain(PASSWORD)
  expect(mails).toHaveLength(1)
})

test.each([
  ['STARTTLS', false],
  ['TLS from the first byte', true],
])('by %s, believed by its authority and by no other', async (_, isTls) => {
  const authority = await createAuthority()
  const { cert, key } = await issue(authority, ['127.0.0.1'])
  const { place, mails } = await startMailServer({ tls: { cert, key }, isTls, login: LOGIN })
  const trusted = { ...place, login, trust: () => ({ ca: authority.cert }) }
  expect(await send(trusted)).toEqual({ kind: 'accepted', refused: 0 })
  expect(mails.map(({ isSecure }) => isSecure)).toEqual([true])
  const other = await createAuthority()
  expect(await send({ ...trusted, trust: () => ({ ca: other.cert }) })).toMatchObject({
    kind: 'failed',
    ambiguous: false,
  })
  expect(mails).toHaveLength(1)
})

test('where TLS is asked for and not offered, no password and no mail is sent', async () => {
  const { place, mails } = await startMailServer({ login: LOGIN })
  const authority = await createAuthority()
  const result = await send({ ...place, login, trust: () => ({ ca: authority.cert }) })
  expect(result).toMatchObject({ kind: 'failed', failure: 'unreachable', ambiguous: false })
  expect(mails).toEqual([])
})

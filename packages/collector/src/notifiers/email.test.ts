import fc from 'fast-check'
import PostalMime from 'postal-mime'
import { describe, expect, test } from 'vitest'
import { FACTS } from '../testing/alert.ts'
import { startMailServer } from '../wire/testing/mail-server.ts'
import { createEmailNotifier } from './email.ts'
import { anyFacts } from './testing/any-facts.ts'
import { ATTEMPT, NEVER, RESOLVE, TRIGGER } from './testing/contract.ts'

async function startMailbox(language: 'en' | 'ja' = 'en') {
  const { mails, script, place } = await startMailServer()
  const receiver = { name: 'mail', server: place, from: 'Tabiji <tabiji@example.org>', to: ['sre@example.org'] }
  const notifier = createEmailNotifier(receiver, { language })
  const last = async () => PostalMime.parse(mails.at(-1)?.raw ?? '')
  return { mails, script, notifier, last }
}

test('a level 1 by mail, as text and as HTML', async () => {
  const { notifier, mails, last } = await startMailbox()
  expect(await notifier.deliver(TRIGGER, ATTEMPT, NEVER)).toEqual({ kind: 'delivered', status: 250 })
  expect(mails[0]).toMatchObject({ from: 'tabiji@example.org', to: ['sre@example.org'] })
  const mail = await last()
  expect(mail).toMatchObject({
    subject: '▲ LEVEL 1 · Foot measurement is failing: 18.2 times the budget’s pace',
    from: { name: 'Tabiji', address: 'tabiji@example.org' },
    messageId: '<n-0001@example.org>',
    inReplyTo: `<${FACTS.dedupKey}.alert@example.org>`,
    references: `<${FACTS.dedupKey}.alert@example.org>`,
  })
  expect(mail.text).toContain('Budget left: −8.1 %')
  expect(mail.text).toContain('Runbook: https://wiki.example/runbooks/measure-feet')
  expect(mail.html).toContain('<a href="https://wiki.example/runbooks/measure-feet">Runbook</a>')
  const headers = Object.fromEntries(mail.headers.map(({ key, value }) => [key, value]))
  expect(headers).toMatchObject({ 'auto-submitted': 'auto-generated', 'content-language': 'en' })
})

test('in Japanese', async () => {
  const { notifier, last } = await startMailbox('ja')
  await notifier.deliver(TRIGGER, ATTEMPT, NEVER)
  const { subject, text, html } = await last()
  expect(subject).toContain('足の計測')
  expect(text).toContain('バジェット残: −8.1 %')
  expect(html).toContain('<html lang="ja">')
})

test('the end is in the thread of the beginning; another alert is in another', async () => {
  const { notifier, last } = await startMailbox()
  const idsOf = async (notification: typeof TRIGGER) => {
    await notifier.deliver(notification, ATTEMPT, NEVER)
    const { messageId, references } = await last()
    return { messageId, references }
  }
  const [begun, ended] = [await idsOf(TRIGGER), await idsOf(RESOLVE)]
  const other = await idsOf({ ...TRIGGER, id: 'n-0003', facts: { ...FACTS, dedupKey: 'other' } })
  expect(ended.references).toBe(begun.references)
  expect(other.references).not.toBe(begun.references)
  expect(new Set([begun, ended, other].map(({ messageId }) => messageId)).size).toBe(3)
})

test('a repeat is the same mail with the same id, and says that it may be one', async () => {
  const { notifier, mails, script, last } = await startMailbox()
  script.push('lost')
  expect(await notifier.deliver(TRIGGER, ATTEMPT, NEVER)).toMatchObject({ kind: 'retry', ambiguous: true })
  await notifier.deliver(TRIGGER, { ...ATTEMPT, at: ATTEMPT.at + 60_000 }, NEVER)
  expect(mails[1]?.raw).toBe(mails[0]?.raw)
  await notifier.deliver(TRIGGER, { ...ATTEMPT, mayRepeat: true }, NEVER)
  const { messageId, text } = await last()
  expect(messageId).toBe('<n-0001@example.org>')
  expect(text).toContain('may be a repeat')
})

test('the plain form is text alone', async () => {
  const { notifier, last } = await startMailbox()
  await notifier.deliver(TRIGGER, { ...ATTEMPT, degraded: true }, NEVER)
  const { html, text } = await last()
  expect(html).toBeUndefined()
  expect(text).toContain('LEVEL 1')
})

describe('what an answer means', () => {
  test.each([
    [421, { kind: 'retry', failure: 'server_error', ambiguous: false, message: 'Answered 421 when sending' }],
    [452, { kind: 'retry', failure: 'server_error', ambiguous: false, message: 'Answered 452 when sending' }],
    [550, { kind: 'rejected', failure: 'refused', message: 'Answered 550 when sending' }],
    [554, { kind: 'rejected', failure: 'refused', message: 'Answered 554 when sending' }],
  ])('%s', async (code, expected) => {
    const { notifier, script } = await startMailbox()
    script.push(code)
    expect(await notifier.deliver(TRIGGER, ATTEMPT, NEVER)).toEqual(expected)
  })

  test('a recipient that is not known is said though the others have it', async () => {
    const { place } = await startMailServer({ unknown: ['gone@example.org'] })
    const to = ['sre@example.org', 'gone@example.org']
    const receiver = { name: 'mail', server: place, from: 'tabiji@example.org', to }
    const result = await createEmailNotifier(receiver, { language: 'en' }).deliver(TRIGGER, ATTEMPT, NEVER)
    expect(result).toEqual({ kind: 'delivered', status: 250, message: 'Refused for 1 of the recipients' })
  })
})

const HEADERS = [
  ...['auto-submitted', 'content-language', 'from', 'to', 'subject', 'message-id', 'in-reply-to', 'references'],
  ...['date', 'mime-version', 'content-type', 'content-transfer-encoding'],
]

test('no text becomes a header, a recipient or markup', async () => {
  const { notifier, mails, last } = await startMailbox()
  const injected = fc.constantFrom(
    'x\r\nBcc: everybody@example.org',
    'x\nSubject: other',
    'x\r\n\r\n<script>alert(1)</script>',
    'x\u2028To: a@example.org',
    '"><img src=x onerror=alert(1)>',
  )
  const facts = fc
    .tuple(anyFacts(), fc.option(injected))
    .map(([any, text]) =>
      text === null
        ? any
        : { ...any, rule: text, journey: { ...any.journey, title: { en: text, ja: text }, owner: text } },
    )
  await fc.assert(
    fc.asyncProperty(facts, async (given) => {
      const result = await notifier.deliver({ ...TRIGGER, facts: given }, ATTEMPT, NEVER)
      expect(result.kind).toBe('delivered')
      const mail = await last()
      expect(mail.headers.map(({ key }) => key).filter((key) => !HEADERS.includes(key))).toEqual([])
      expect(mail.headers.filter(({ key }) => key === 'subject')).toHaveLength(1)
      expect(mails.at(-1)?.to).toEqual(['sre@example.org'])
      expect(mail.html).not.toMatch(/<(script|img)/)
      expect([...(mail.subject ?? '')].length).toBeLessThanOrEqual(200)
      expect(Buffer.byteLength(mails.at(-1)?.raw ?? '')).toBeLessThan(1_000_000)
    }),
    { numRuns: 60 },
  )
}, 60_000)

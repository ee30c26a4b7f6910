import { isAboutAlert, type MessageFacts } from '@tabiji/core/alert'
import type { DeliveryResult, Notification, Notifier } from '../ports/notifier.ts'
import { type MailResult, type MailServer, sendMail } from '../wire/mail.ts'
import { mailBytes } from '../wire/mail-bytes.ts'
import { clip } from './clip.ts'
import { htmlOf } from './email-html.ts'
import { plainText } from './message.ts'
import type { NotifierOptions } from './options.ts'
import { renderMessage } from './render.ts'
import type { Language } from './words/catalogue.ts'

type EmailReceiver = {
  readonly name: string
  readonly server: MailServer
  /** `tabiji@example.org`, or with a name: `Tabiji <tabiji@example.org>`. */
  readonly from: string
  /** Addresses without names. */
  readonly to: readonly string[]
}

/** A server may look at the content before it answers; RFC 5321 would allow it ten minutes. */
const TIMEOUT_MS = 30_000
const MAX_SUBJECT = 200
const MAX_TEXT = 60_000

/**
 * E-mail by SMTP. A repeat has the `Message-ID` of the first, by which mailboxes may drop it; because not all do, it is
 * marked as well. What is told of one alert forms a thread.
 */
export function createEmailNotifier(
  receiver: EmailReceiver,
  { language, timeoutMs = TIMEOUT_MS }: NotifierOptions,
): Notifier {
  const sender = addressOf(receiver.from)
  return {
    name: receiver.name,
    deliver: async (notification, { mayRepeat, degraded }, signal) => {
      const mail = await mailOf(notification, receiver, { mayRepeat, degraded, language })
      const envelope = { from: sender, to: receiver.to }
      return readResult(await sendMail(receiver.server, envelope, mail, { timeoutMs }, signal))
    },
  }
}

type Form = { readonly mayRepeat: boolean; readonly degraded: boolean; readonly language: Language }

/** The message as it is on the wire. The degraded form has text only. */
function mailOf(notification: Notification, { from, to }: EmailReceiver, form: Form): Promise<Buffer> {
  const message = renderMessage(notification, form.language, form.mayRepeat)
  const domain = addressOf(from).replace(/^.*@/, '')
  const thread = threadOf(notification.facts, domain)
  return mailBytes({
    from,
    to,
    subject: clip(oneLine(message.title), MAX_SUBJECT),
    messageId: `<${idPart(notification.id)}@${domain}>`,
    ...(thread !== undefined && { thread }),
    date: new Date(notification.createdAt),
    language: form.language,
    text: clip(plainText(message), MAX_TEXT),
    ...(!form.degraded && { html: htmlOf(message, form.language) }),
  })
}

/** All mails of an alert refer to one that was never sent; so they are a thread whichever of them arrives first. */
function threadOf(facts: MessageFacts, domain: string): string | undefined {
  return isAboutAlert(facts) ? `<${idPart(facts.dedupKey)}.alert@${domain}>` : undefined
}

/** The address of `Name <address>`. */
function addressOf(mailbox: string): string {
  return /<([^<>]*)>$/.exec(mailbox)?.[1] ?? mailbox
}

/** Signs that an id of a message may hold (RFC 5322, 3.6.4). */
function idPart(id: string): string {
  return id.replace(/[^A-Za-z0-9.~_-]/g, '-').slice(0, 200)
}

/** A line break in a header would begin another header. */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim()
}

function readResult(result: MailResult): DeliveryResult {
  if (result.kind === 'accepted') {
    const { refused } = result
    return {
      kind: 'delivered',
      status: 250,
      ...(refused > 0 && { message: `Refused for ${refused} of the recipients` }),
    }
  }
  if (result.kind === 'refused') {
    const { code, at } = result
    const message = `Answered ${code} when ${at}`
    if (code >= 500) return { kind: 'rejected', failure: 'refused', message }
    return { kind: 'retry', failure: 'server_error', message, ambiguous: false }
  }
  const { failure, message, ambiguous } = result
  return failure === 'forbidden_address'
    ? { kind: 'rejected', failure, message }
    : { kind: 'retry', failure, message, ambiguous }
}

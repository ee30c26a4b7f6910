import MailComposer from 'nodemailer/lib/mail-composer'

export type Mail = {
  /** An address, or `Name <address>`. */
  readonly from: string
  readonly to: readonly string[]
  /** In one line. */
  readonly subject: string
  /** With its angle brackets; the same for the same mail. */
  readonly messageId: string
  /** The id of the mail that this one belongs to. */
  readonly thread?: string
  readonly date: Date
  readonly language: string
  readonly text: string
  readonly html?: string
}

/** A mail as it is on the wire, the same bytes for the same mail. */
export function mailBytes({ to, thread, language, messageId, ...mail }: Mail): Promise<Buffer> {
  const composer = new MailComposer({
    ...mail,
    to: [...to],
    messageId,
    ...(thread !== undefined && { inReplyTo: thread, references: thread }),
    // Else an absent colleague's mailbox would answer (RFC 3834).
    headers: { 'Auto-Submitted': 'auto-generated', 'Content-Language': language },
    baseBoundary: messageId.replace(/[^A-Za-z0-9]/g, '').slice(0, 40),
    newline: 'win',
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return composer.compile().build()
}

import { lookup } from 'node:dns'
import { connect, isIP, type Socket } from 'node:net'
import SMTPConnection from 'nodemailer/lib/smtp-connection'
import { type Trust, tlsOf } from './access.ts'
import { isForbiddenAddress, isLoopbackAddress } from './address.ts'
import { FORBIDDEN, ForbiddenAddress, guarded, type LookUp } from './guarded-lookup.ts'

/** A server that takes mail, and who we are there. */
export type MailServer = {
  /** A name or an IP address, without brackets. */
  readonly host: string
  readonly port: number
  /** `smtps`: TLS from the first byte. Otherwise by STARTTLS, which must be there except on this machine. */
  readonly isTls: boolean
  readonly login?: { readonly username: string; readonly password: () => string }
  readonly trust?: Trust
}

export type Envelope = { readonly from: string; readonly to: readonly string[] }

/** What came of one mail. No message holds what the server wrote: it may repeat what it was sent. */
export type MailResult =
  /** How many of its recipients the server refused; not all of them. */
  | { readonly kind: 'accepted'; readonly refused: number }
  /** Answered with a code of RFC 5321: 4yz is "not now", 5yz is "never". */
  | { readonly kind: 'refused'; readonly code: number; readonly at: 'connecting' | 'signing in' | 'sending' }
  | {
      readonly kind: 'failed'
      readonly failure: 'unreachable' | 'timeout' | 'forbidden_address'
      readonly message: string
      /** The mail may have been taken though no answer came. */
      readonly ambiguous: boolean
    }

/** Longest answer of a server that is read. */
const MAX_ANSWER_BYTES = 64 * 1024

export type MailLimits = { readonly timeoutMs: number; readonly lookUp?: LookUp }

/** Hands one mail to a server, on a connection of its own. Never throws. @param mail the whole message as it is on the wire */
export async function sendMail(
  server: MailServer,
  envelope: Envelope,
  mail: Buffer,
  { timeoutMs, lookUp = lookup }: MailLimits,
  signal: AbortSignal,
): Promise<MailResult> {
  if (isIP(server.host) !== 0 && isForbiddenAddress(server.host)) return failed('forbidden_address', FORBIDDEN, false)
  const talk: Talk = { at: 'connecting' }
  const late = AbortSignal.timeout(timeoutMs)
  const over = AbortSignal.any([late, signal])
  try {
    const socket = await open(server, lookUp, over)
    const { refused } = await converse(server, socket, { envelope, mail, timeoutMs }, talk, over)
    return { kind: 'accepted', refused }
  } catch (error) {
    const isOver = { late: late.aborted, called: signal.aborted }
    return failureOf(error, talk.at, isOver, timeoutMs)
  }
}

/** How far a talk with a server has come. */
type Talk = { at: 'connecting' | 'signing in' | 'sending' }

/** The one way out looks at where a name leads, for mail as well. */
function open({ host, port }: MailServer, lookUp: LookUp, over: AbortSignal): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, lookup: guarded(lookUp) })
    const giveUp = () => socket.destroy(new Error('over'))
    over.addEventListener('abort', giveUp)
    socket.once('error', reject)
    socket.once('connect', () => {
      // From here on the connection ends it: to destroy a socket beneath its TLS brings Node down.
      over.removeEventListener('abort', giveUp)
      socket.off('error', reject)
      resolve(socket)
    })
  })
}

type Sending = { readonly envelope: Envelope; readonly mail: Buffer; readonly timeoutMs: number }

async function converse(
  server: MailServer,
  socket: Socket,
  { envelope, mail, timeoutMs }: Sending,
  talk: Talk,
  over: AbortSignal,
): Promise<{ readonly refused: number }> {
  const times = { greetingTimeout: timeoutMs, socketTimeout: timeoutMs, connectionTimeout: timeoutMs }
  const connection = new SMTPConnection({
    host: server.host,
    port: server.port,
    connection: socket,
    secure: server.isTls,
    ...securityOf(server, socket),
    ...times,
    maxResponseSize: MAX_ANSWER_BYTES,
  })
  const broken = new Promise<never>((_, reject) => {
    connection.on('error', reject)
    connection.on('end', () => reject(new Error('end')))
    over.addEventListener('abort', () => reject(new Error('over')))
  })
  // Nobody waits for what goes wrong after the answer has come.
  broken.catch(() => undefined)
  const step = <Value>(begin: (done: (error?: unknown, value?: Value) => void) => void) =>
    Promise.race([
      broken,
      new Promise<Value | undefined>((resolve, reject) =>
        begin((error, value) => (error ? reject(error) : resolve(value))),
      ),
    ])
  try {
    await step((done) => connection.connect(done))
    const { login } = server
    if (login !== undefined) {
      talk.at = 'signing in'
      await step((done) => connection.login({ user: login.username, pass: login.password() }, done))
    }
    talk.at = 'sending'
    const info = await step<{ readonly rejected: readonly string[] }>((done) =>
      connection.send({ from: envelope.from, to: [...envelope.to] }, mail, done),
    )
    connection.quit()
    return { refused: info?.rejected.length ?? 0 }
  } catch (error) {
    connection.close()
    throw error
  }
}

/**
 * A password and what an alert says must not cross a network in the clear. On this machine nobody listens, and a mail server
 * that came with the system shows a certificate that nobody signed: there TLS is used when an authority is stated.
 */
function securityOf({ trust }: MailServer, socket: Socket) {
  const isHere = isLoopbackAddress(socket.remoteAddress ?? '')
  const isPlain = isHere && trust === undefined
  return { requireTLS: !isPlain, ignoreTLS: isPlain, ...(trust !== undefined && { tls: tlsOf(trust()) }) }
}

function failureOf(
  error: unknown,
  at: Talk['at'],
  over: { readonly late: boolean; readonly called: boolean },
  timeoutMs: number,
): MailResult {
  const { code, responseCode } = (error ?? {}) as { code?: unknown; responseCode?: unknown }
  if (error instanceof ForbiddenAddress) return failed('forbidden_address', FORBIDDEN, false)
  const ambiguous = at === 'sending'
  if (over.late) return failed('timeout', `Expected the mail to be taken within ${timeoutMs} ms, it was not`, ambiguous)
  if (over.called) return failed('unreachable', 'The mail was called off before it was taken', ambiguous)
  if (code === 'ETLS') return failed('unreachable', 'The connection could not be made secure by TLS', false)
  if (typeof responseCode === 'number' && responseCode >= 400) return { kind: 'refused', code: responseCode, at }
  if (code === 'ETIMEDOUT') return failed('timeout', 'The server took too long to answer', ambiguous)
  const name = typeof code === 'string' && /^[A-Z_]{1,40}$/.test(code) ? code : 'broken off'
  return failed('unreachable', `The connection failed (${name})`, ambiguous)
}

type Failed = Extract<MailResult, { kind: 'failed' }>

function failed(failure: Failed['failure'], message: string, ambiguous: boolean): Failed {
  return { kind: 'failed', failure, message, ambiguous }
}

import { once } from 'node:events'
import type { AddressInfo, Server, Socket } from 'node:net'
import { SMTPServer, type SMTPServerDataStream } from 'smtp-server'
import { onTestFinished } from 'vitest'
import type { MailServer } from '../mail.ts'

type Behaviour = {
  /** Certificate and key for STARTTLS; none: it is not offered. */
  readonly tls?: { readonly cert: string; readonly key: string }
  /** TLS from the first byte. */
  readonly isTls?: boolean
  /** Whom it lets in, and nobody else. */
  readonly login?: { readonly username: string; readonly password: string }
  /** Recipients that it does not know. */
  readonly unknown?: readonly string[]
}

/** `lost` takes the mail and breaks off before it says so; `hang` never says so; a number is the code of a refusal. */
type MailReply = 'lost' | 'hang' | number

type TakenMail = {
  readonly from: string
  readonly to: readonly string[]
  readonly raw: string
  readonly isSecure: boolean
}

/** A real SMTP server on loopback that keeps what it is sent. `script` answers mails before "yes", one each. */
export async function startMailServer(behaviour: Behaviour = {}) {
  const { tls, isTls = false, login, unknown = [] } = behaviour
  const mails: TakenMail[] = []
  const script: MailReply[] = []
  const server = new SMTPServer({
    ...{ secure: isTls, ...tls, hideSTARTTLS: tls === undefined, logger: false, closeTimeout: 100 },
    // Whether a password may cross a connection in the clear is for the client to decide here.
    ...{ authOptional: login === undefined, allowInsecureAuth: true, disableReverseLookup: true },
    disabledCommands: [...(login === undefined ? ['AUTH'] : []), ...(tls === undefined ? ['STARTTLS'] : [])],
    onAuth: ({ username, password }, _, done) =>
      username === login?.username && password === login?.password
        ? done(null, { user: username })
        : done(refusal(535, `5.7.8 ${password} is wrong`)),
    onRcptTo: ({ address }, _, done) => (unknown.includes(address) ? done(refusal(550, 'no such user')) : done()),
    onData: (stream, { envelope, secure }, done) => {
      void read(stream).then((raw) => {
        const reply = script.shift()
        if (typeof reply === 'number') return done(refusal(reply, `not this: ${login?.password}`))
        const from = envelope.mailFrom === false ? '' : envelope.mailFrom.address
        mails.push({ from, to: envelope.rcptTo.map(({ address }) => address), raw, isSecure: secure })
        if (reply === 'lost') for (const socket of open) socket.destroy()
        else if (reply === undefined) done()
      })
    },
  })
  // Broken connections are what is tested.
  server.on('error', () => undefined)
  const net = server.server as Server
  const open = new Set<Socket>()
  net.on('connection', (socket) => {
    open.add(socket)
    socket.on('close', () => open.delete(socket))
  })
  server.listen(0, '127.0.0.1')
  await once(net, 'listening')
  onTestFinished(async () => {
    // A socket beneath TLS must not be destroyed: it brings Node down.
    if (tls === undefined) for (const socket of open) socket.destroy()
    await new Promise<void>((done) => server.close(() => done()))
  })
  const place: MailServer = { host: '127.0.0.1', port: (net.address() as AddressInfo).port, isTls }
  return { mails, script, place }
}

function refusal(responseCode: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode })
}

async function read(stream: SMTPServerDataStream): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}

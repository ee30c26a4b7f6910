import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Webhook } from 'standardwebhooks'

export const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo='

type Message = { readonly type: string; readonly data: Record<string, unknown> }

/** A real receiver of signed webhooks; what is not signed rightly is answered 401 and not kept. */
export async function startReceiver() {
  const messages: Message[] = []
  const webhook = new Webhook(SECRET)
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += String(chunk)
    if (!isSigned(webhook, request.headers, body)) return void response.writeHead(401).end()
    messages.push(JSON.parse(body) as Message)
    response.writeHead(204).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    messages,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** The sender's clock is moved by the test, so the time that it states is taken, not compared with ours. */
function isSigned(webhook: Webhook, headers: IncomingHttpHeaders, body: string): boolean {
  const at = new Date(Number(headers['webhook-timestamp']) * 1000)
  return webhook.sign(String(headers['webhook-id']), at, body) === headers['webhook-signature']
}

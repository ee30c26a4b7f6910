import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { onLoopback } from './on-loopback.ts'

export type Posted = {
  readonly method: string | undefined
  readonly path: string | undefined
  readonly authorization: string | undefined
  readonly body: unknown
}

/** A server on loopback that keeps what was posted and answers the n-th post as the n-th answer says, the last for the rest. */
export async function listeningCollector(...answers: ((response: ServerResponse) => void)[]) {
  const posts: Posted[] = []
  const server = createServer(async (request, response) => {
    const answer = answers[Math.min(posts.length, answers.length - 1)]
    posts.push(await read(request))
    answer?.(response)
  })
  return { ...(await onLoopback(server)), posts }
}

export function status(code: number, headers: Record<string, string> = {}) {
  return (response: ServerResponse) => void response.writeHead(code, headers).end()
}

/** Takes the request and never answers. */
export const silence = () => undefined

async function read(request: IncomingMessage): Promise<Posted> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  const { method, url: path, headers } = request
  return { method, path, authorization: headers.authorization, body: JSON.parse(Buffer.concat(chunks).toString()) }
}

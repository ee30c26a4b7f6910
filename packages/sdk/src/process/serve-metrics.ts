import { createServer } from 'node:http'

/** A registry that can print itself, as prom-client's do. */
export type PrintedRegistry = { readonly contentType: string; metrics(): Promise<string> }

/**
 * Serves `/metrics`, for an app that does not. It keeps no process alive.
 * @param failed told when it cannot listen
 */
export function serveMetrics(
  registry: PrintedRegistry,
  { host, port }: { readonly host: string; readonly port: number },
  failed: (message: string) => void,
): void {
  const server = createServer(async (request, response) => {
    const [path] = (request.url ?? '').split('?', 1)
    if (path !== '/metrics' || request.method !== 'GET') {
      response.writeHead(404).end()
      return
    }
    try {
      const text = await registry.metrics()
      response.writeHead(200, { 'content-type': registry.contentType }).end(text)
    } catch {
      // One of the app's own metrics may throw when it is read.
      response.writeHead(500).end()
    }
  })
  server.on('error', (error: NodeJS.ErrnoException) => {
    failed(`TABIJI_METRICS: cannot listen on ${host}:${port} (${error.code ?? error.message}); choose a free port`)
  })
  // In a cluster, a port that all workers share would be answered by any of them.
  server.listen({ host, port, exclusive: true })
  server.unref()
}

import cluster from 'node:cluster'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { defineJourneys } from '@tabiji/core/journey'
import type { MetricRegistry } from './expose/registry.ts'
import { readEnvironment } from './process/environment.ts'
import { type PrintedRegistry, serveMetrics } from './process/serve-metrics.ts'
import { createRecorder, type Recorder } from './recorder.ts'

/**
 * The recorder that measures this process, for `fail()` and `exclude()`; undefined when it could not be set up, which one
 * line on stderr has told: a service is worth more than its measuring.
 */
export const recorder: Recorder | undefined = start(process.env)

function start(env: NodeJS.ProcessEnv): Recorder | undefined {
  try {
    return measure(env)
  } catch (error) {
    say(`not measuring: ${error instanceof Error ? error.message : String(error)}`)
    return undefined
  }
}

function measure(env: NodeJS.ProcessEnv): Recorder {
  const { journeysFile, service, metrics, handOver, cluster: clustered } = readEnvironment(env)
  const journeys = defineJourneys(jsonIn(journeysFile))
  const registry = appsRegistry()
  let toldAt = Number.NEGATIVE_INFINITY
  const started = createRecorder(journeys, {
    registry,
    service,
    ...(handOver !== undefined && { handOver }),
    ...(clustered && { cluster: {} }),
    onProblem({ kind, message }) {
      const now = performance.now()
      if (now - toldAt < 60_000) return
      toldAt = now
      say(`${kind}: ${message}`)
    },
  })
  started.watchServers()
  if (metrics !== undefined && !(clustered && cluster.isWorker)) serveMetrics(registry, metrics, say)
  return started
}

function jsonIn(file: string): Parameters<typeof defineJourneys>[0] {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    const { code = 'unknown' } = error as NodeJS.ErrnoException
    throw new Error(`the journeys file ${file} cannot be read (${code}); TABIJI_JOURNEYS says where it is`)
  }
  try {
    return JSON.parse(text)
  } catch {
    throw new Error(`the journeys file ${file} is not JSON; \`tabiji journeys export\` writes it`)
  }
}

/** The default registry of the prom-client that the app itself gets: from where it was started, or where it stands. */
function appsRegistry(): MetricRegistry & PrintedRegistry {
  for (const place of [process.argv[1], join(process.cwd(), 'app.js')]) {
    try {
      if (place !== undefined) return createRequire(place)('prom-client').register
    } catch {
      // Not there; the next place may have it.
    }
  }
  throw new Error('prom-client is not installed beside the app; install it: npm install prom-client')
}

function say(message: string): void {
  process.stderr.write(`tabiji: ${message.replace(/\s*\n\s*/g, ' ')}\n`)
}

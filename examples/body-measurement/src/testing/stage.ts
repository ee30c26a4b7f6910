import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { exportJourneys } from '@tabiji/core/journey'
import { sampleHistory } from '../history.ts'
import { journeys } from '../journeys.ts'
import { drive } from '../traffic.ts'

const SERVICE = new URL('../../dist/main.js', import.meta.url)
const JOURNEYS_PER_SECOND = 6
/** Made-up readings are five minutes apart; one an hour says as much of a month. */
const EVERY = 12

/** The service in a process of its own, with customers. */
export type Stage = {
  readonly metricsUrl: string
  /** Makes it fail, or lets it be well again. */
  readonly fault: (kind: 'none' | 'error') => Promise<void>
  readonly end: () => Promise<void>
}

export async function startStage(): Promise<Stage> {
  const child = spawn(process.execPath, [SERVICE.pathname], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string]
  const { url, faultUrl } = JSON.parse(line) as { url: string; faultUrl: string }
  const ending = new AbortController()
  const fault = async (kind: string) => {
    const headers = { 'content-type': 'application/json' }
    const answer = await fetch(`${faultUrl}/fault`, { method: 'PUT', headers, body: JSON.stringify({ kind }) })
    if (!answer.ok) throw new Error(`the service answered ${answer.status} to the fault switch`)
  }
  const driven = drive({ url, perSecond: JOURNEYS_PER_SECOND, signal: ending.signal, patienceMs: 3_000 })
  return {
    metricsUrl: `${url}/metrics`,
    fault,
    end: async () => {
      ending.abort()
      await driven
      const closed = once(child, 'close')
      child.kill('SIGTERM')
      await closed
    },
  }
}

/** The example's journeys file, as it is exported. */
export function journeysText(): string {
  return exportJourneys(journeys)
}

/** The made-up months before `now` (milliseconds), as lines that `tabiji import` reads. */
export function pastText(now: number): string {
  const lines = [...sampleHistory(journeys.timeZone, now)]
  const kept = lines.filter(({ kind }, i) => kind !== 'reading' || i % EVERY === 0)
  return kept.map((line) => JSON.stringify(line)).join('\n')
}

import { setTimeout as delay } from 'node:timers/promises'
import { drawFoot } from './foot.ts'
import { writePgm } from './pgm.ts'

/** The steps that the client sees; `process` it sees by the result. */
type SeenStep = 'start' | 'upload' | 'process' | 'read'

/** How often each step was answered in each way: `seen.upload['202']`, `seen.process['done']`. */
export type Seen = Record<SeenStep, Record<string, number>>

export type TrafficOptions = {
  /** Address of the service. */
  readonly url: string
  /** Journeys begun per second. */
  readonly perSecond: number
  /** Ends it: journeys that have begun run to their end. */
  readonly signal: AbortSignal
  /** How long a customer waits for a result before leaving. @default 15000 */
  readonly patienceMs?: number
}

type Journey = { readonly url: string; readonly photo: Uint8Array; readonly patienceMs: number; readonly seen: Seen }

/** Between two looks at a result that is not there yet. */
const LOOK_AGAIN_MS = 150

/**
 * Sends customers through all steps: begins a measurement, uploads a photo, reads until the result is there.
 * @returns what the client saw, once all journeys have ended after the signal.
 */
export async function drive(options: TrafficOptions): Promise<Seen> {
  const { url, perSecond, signal, patienceMs = 15_000 } = options
  const seen: Seen = { start: {}, upload: {}, process: {}, read: {} }
  const photos = drawPhotos()
  const going = new Set<Promise<void>>()
  const began = performance.now()
  for (let count = 0; !signal.aborted; count++) {
    // By the clock and not by adding pauses, so that the rate does not sink when the machine is busy.
    const due = began + (count * 1000) / perSecond
    await delay(Math.max(0, due - performance.now()), undefined, { signal }).catch(() => undefined)
    if (signal.aborted) break
    const photo = photos[count % photos.length] ?? new Uint8Array()
    const journey = travel({ url, photo, patienceMs, seen }).finally(() => going.delete(journey))
    going.add(journey)
  }
  await Promise.all(going)
  return seen
}

async function travel({ url, photo, patienceMs, seen }: Journey): Promise<void> {
  const started = await ask(seen, 'start', `${url}/v1/measurements`, { method: 'POST' })
  if (started === undefined || !isRecord(started) || typeof started['id'] !== 'string') return
  const measurement = `${url}/v1/measurements/${started['id']}`
  const headers = { 'content-type': 'image/x-portable-graymap' }
  const uploaded = await ask(seen, 'upload', `${measurement}/photo`, { method: 'PUT', body: photo, headers })
  if (uploaded === undefined) return
  const leaves = performance.now() + patienceMs
  while (performance.now() < leaves) {
    const result = await ask(seen, 'read', measurement, {})
    const state = isRecord(result) ? result['state'] : undefined
    if (state === 'done' || state === 'failed') return count(seen.process, state)
    await delay(LOOK_AGAIN_MS)
  }
  count(seen.process, 'gave-up')
}

/** @returns the body of a 2xx answer. */
async function ask(seen: Seen, step: SeenStep, url: string, init: RequestInit): Promise<unknown> {
  try {
    const response = await fetch(url, init)
    const body: unknown = await response.json()
    count(seen[step], String(response.status))
    return response.ok ? body : undefined
  } catch {
    count(seen[step], 'unreachable')
    return undefined
  }
}

function count(counts: Record<string, number>, answer: string): void {
  counts[answer] = (counts[answer] ?? 0) + 1
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

/** Photos of feet of several sizes, turned a little, on a sheet of A4 at 1 mm per pixel. */
function drawPhotos(): Uint8Array[] {
  const sizes = [
    { lengthMm: 225, widthMm: 90, degrees: -8 },
    { lengthMm: 240, widthMm: 96, degrees: 5 },
    { lengthMm: 252, widthMm: 99, degrees: 0 },
    { lengthMm: 268, widthMm: 104, degrees: 9 },
  ]
  return sizes.map((size, seed) => writePgm(drawFoot({ ...size, width: 210, height: 297, mmPerPixel: 1, seed })))
}

import { setTimeout as delay } from 'node:timers/promises'

/** What became of photos: statuses of the last answers, by how often. */
export type Ends = Readonly<Record<string, number>>

/**
 * Customers, one after another: each sends a photo and asks until there is a result.
 *
 * @param broken every so many photos one meets the bad disk
 */
export async function sendPhotos(webUrl: string, photos: number, broken: number): Promise<Ends> {
  const ends: Record<string, number> = {}
  for (let i = 1; i <= photos; i++) {
    const body = i % broken === 0 ? 'a broken photo' : `photo ${i} of two feet`
    const sent = await fetch(`${webUrl}/photos`, { method: 'POST', body, headers: { 'content-type': 'text/plain' } })
    const { id } = (await sent.json()) as { id?: string }
    const status = id === undefined ? sent.status : await resultOf(webUrl, id)
    ends[status] = (ends[status] ?? 0) + 1
  }
  return ends
}

async function resultOf(webUrl: string, id: string): Promise<number> {
  for (;;) {
    const response = await fetch(`${webUrl}/results/${id}`)
    await response.arrayBuffer()
    if (response.status !== 202) return response.status
    await delay(20)
  }
}

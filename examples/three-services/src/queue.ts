import { setImmediate as turn } from 'node:timers/promises'

/** What a queue such as BullMQ gives a worker: plain data that could have crossed a network, and when it was added. */
export type Job<Data> = { readonly id: string; readonly data: Data; readonly timestamp: number }

export type Queue<Data> = {
  /** @returns the job's id, or undefined when too many are waiting. */
  add(data: Data): string | undefined
}

const MOST_WAITING = 200

/** A queue in memory with one worker. Data goes through JSON, as it would on its way through Redis. */
export function createQueue<Data>(work: (job: Job<Data>) => Promise<void>): Queue<Data> {
  const waiting: string[] = []
  let busy = false
  let last = 0
  const pump = async () => {
    if (busy) return
    busy = true
    // Requests that wait go first.
    await turn()
    for (let text = waiting.shift(); text !== undefined; text = waiting.shift()) {
      await work(JSON.parse(text) as Job<Data>).catch(() => undefined)
    }
    busy = false
  }
  return {
    add(data) {
      if (waiting.length >= MOST_WAITING) return undefined
      const id = String(++last)
      waiting.push(JSON.stringify({ id, data, timestamp: Date.now() } satisfies Job<Data>))
      void pump()
      return id
    },
  }
}

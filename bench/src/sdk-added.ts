import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { createLoad, type Load } from './sdk-load.ts'
import { VARIANTS, type Variant } from './sdk-variants.ts'

type Running = { readonly child: ChildProcess; readonly load: Load }

export type AddedOptions = { readonly rounds: number; readonly warmUp: number; readonly requests: number }

/**
 * CPU time that each variant adds to a request of a bare express app. All variants run at once, each in a process of its
 * own, and are asked in turn, in another order in each round, so that whatever else the machine does meets all of them.
 * @returns microseconds per request beyond the bare app of the same round, by variant and round
 * @throws Error when a variant did not count every request: what measures less is not compared
 */
export async function addedPerRequest({ rounds, warmUp, requests }: AddedOptions): Promise<Map<Variant, number[]>> {
  const running = new Map<Variant, Running>()
  try {
    for (const variant of VARIANTS) running.set(variant, await start(variant))
    const added = new Map<Variant, number[]>(VARIANTS.map((variant) => [variant, []]))
    for (let round = -warmUp; round < rounds; round++) {
      const costs = new Map<Variant, number>()
      for (const variant of turned(round + warmUp)) {
        costs.set(variant, await costOf(running.get(variant), requests))
      }
      if (round < 0) continue
      const bare = costs.get('bare') ?? Number.NaN
      for (const [variant, cost] of costs) added.get(variant)?.push(cost - bare)
    }
    await mustHaveCounted(running, (rounds + warmUp) * requests)
    return added
  } finally {
    for (const { child, load } of running.values()) {
      load.close()
      child.kill()
    }
  }
}

async function start(variant: Variant): Promise<Running> {
  const child = fork(fileURLToPath(new URL('./sdk-service.js', import.meta.url)), [variant], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: { ...process.env, NODE_ENV: 'production' },
  })
  return { child, load: await createLoad(await told(child)) }
}

/** The variants in an order that is another one in each round; every second round is backwards. */
function turned(round: number): Variant[] {
  const from = round % VARIANTS.length
  const order = [...VARIANTS.slice(from), ...VARIANTS.slice(0, from)]
  return round % 2 === 0 ? order : order.reverse()
}

async function costOf(running: Running | undefined, requests: number): Promise<number> {
  if (running === undefined) return Number.NaN
  const before = await ask(running.child, 'cost')
  await running.load.ask(requests)
  return ((await ask(running.child, 'cost')) - before) / requests
}

async function mustHaveCounted(running: ReadonlyMap<Variant, Running>, requests: number): Promise<void> {
  for (const [variant, { child }] of running) {
    const counted = await ask(child, 'counted')
    if (variant.startsWith('bare') || counted === requests) continue
    throw new Error(`Expected ${variant} to have counted ${requests} requests, but it counted ${counted}`)
  }
}

async function ask(child: ChildProcess, what: 'cost' | 'counted'): Promise<number> {
  const answer = told(child)
  child.send(what)
  return answer
}

/** The next message of a child. @throws Error when it ends without one */
async function told(child: ChildProcess): Promise<number> {
  const ended = new AbortController()
  const end = once(child, 'exit', { signal: ended.signal }).then(([code]) => {
    throw new Error(`Expected an answer of a service of the bench, but it ended with status ${code}`)
  })
  try {
    const [message] = await Promise.race([once(child, 'message'), end])
    return Number(message)
  } finally {
    ended.abort()
    end.catch(() => undefined)
  }
}

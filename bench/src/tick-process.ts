import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { TickCost, TickJob } from './tick-collector.ts'

/** Runs the services and a collector, each in a process of its own, and ends both. */
export async function runCollector(
  job: Omit<TickJob, 'urls'> & { readonly targets: number },
): Promise<{ readonly costs: readonly TickCost[]; readonly read: number }> {
  const { targets, ...rest } = job
  const services = start('tick-targets', [String(job.journeys), String(targets)])
  const collector = start('tick-collector', [])
  try {
    const urls = await told<readonly string[]>(services)
    collector.send({ ...rest, urls })
    return await told<{ costs: readonly TickCost[]; read: number }>(collector)
  } finally {
    services.kill()
    collector.kill()
  }
}

function start(name: string, args: readonly string[]): ChildProcess {
  return fork(fileURLToPath(new URL(`./${name}.js`, import.meta.url)), args, {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
}

/** The first message of a child. @throws Error when it ends without one */
async function told<Message>(child: ChildProcess): Promise<Message> {
  const ended = new AbortController()
  const end = once(child, 'exit', { signal: ended.signal }).then(([code]) => {
    throw new Error(`Expected an answer of a process of the bench, but it ended with status ${code}`)
  })
  try {
    const [message] = await Promise.race([once(child, 'message'), end])
    return message as Message
  } finally {
    ended.abort()
    end.catch(() => undefined)
  }
}

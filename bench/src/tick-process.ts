import { startChild, told } from './child.ts'
import type { TickCost, TickJob } from './tick-collector.ts'

/** Runs the services and a collector, each in a process of its own, and ends both. */
export async function runCollector(
  job: Omit<TickJob, 'urls'> & { readonly targets: number },
): Promise<{ readonly costs: readonly TickCost[]; readonly read: number }> {
  const { targets, ...rest } = job
  const services = startChild('tick-targets', [String(job.journeys), String(targets)])
  const collector = startChild('tick-collector', [])
  try {
    const urls = await told<readonly string[]>(services)
    collector.send({ ...rest, urls })
    return await told<{ costs: readonly TickCost[]; read: number }>(collector)
  } finally {
    services.kill()
    collector.kill()
  }
}

import { Counter, Gauge, type Registry } from 'prom-client'

/** How trackers are read, as metrics of a registry. */
export type TrackerMetrics = {
  /** @param at when the reading ended, milliseconds */
  read(tracker: string, isOk: boolean, at: number): void
}

export function createTrackerMetrics(registry: Registry): TrackerMetrics {
  const registers = [registry]
  const reads = new Counter({
    name: 'tabiji_tracker_reads_total',
    help: 'Readings of the tickets of a tracker by result.',
    labelNames: ['tracker', 'result'],
    registers,
  })
  const readAt = new Gauge({
    name: 'tabiji_tracker_last_read_timestamp_seconds',
    help: 'When the tickets of a tracker were last read.',
    labelNames: ['tracker'],
    registers,
  })
  return {
    read: (tracker, isOk, at) => {
      reads.inc({ tracker, result: isOk ? 'ok' : 'failed' })
      if (isOk) readAt.set({ tracker }, at / 1000)
    },
  }
}

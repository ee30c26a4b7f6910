import { MINUTE } from '@tabiji/core/time'
import { absenceBefore, createHeartbeat } from '../jobs/delivery/heartbeat.ts'
import { type Loop, startLoop } from '../jobs/loop/schedule.ts'
import { createWatcher } from '../notifiers/watcher.ts'
import type { Beat } from '../ports/heartbeat.ts'
import { checksOf } from './api.ts'
import type { House } from './house.ts'

const TIMEOUT_MS = 10_000

/** Beats for as long as the house is well, and says at the start for how long nobody was there. */
export function startHeartbeat(house: House, ending: AbortSignal): Loop {
  const { config, stores, health, metrics, log, outgoing, now } = house
  const absence = absenceBefore(stores.signs, now())
  if (absence !== undefined) {
    const [from, to] = [absence.from, absence.to].map((at) => new Date(at).toISOString())
    log.warn({ from, to }, 'nobody served this store for a while; what came meanwhile is judged now')
    house.troubles.absent(absence)
  }
  const { url, intervalMs = MINUTE } = config.heartbeat ?? {}
  let last = { beat: 'sent' as Beat, part: '' }
  const heartbeat = createHeartbeat({
    checks: () => checksOf(house),
    evaluatedAt: health.evaluatedAt,
    signs: stores.signs,
    ...(url !== undefined && { watcher: createWatcher(url, Math.min(TIMEOUT_MS, intervalMs), outgoing) }),
    now,
    onBeat: (beat, why) => {
      metrics.beaten(beat)
      // Once for each change: who looks at the log wants to know when what began.
      const part = why?.split(':', 1)[0] ?? ''
      if (beat === last.beat && part === last.part) return
      if (beat === 'sent') log.info('the heartbeat is heard again')
      else log.warn({ why }, `the heartbeat was ${beat}`)
      last = { beat, part }
    },
  })
  return startLoop(intervalMs, () => heartbeat.turn(ending))
}

import type { Level } from '@tabiji/core/journey'
import type { AlertMonth } from '@tabiji/core/report'
import type { Range } from '@tabiji/core/time'
import type { AlertStore } from '../ports/alert-store.ts'

const LEVELS: readonly Level[] = [1, 2, 3]

/** What rang in the stretch, by level. */
export function alertMonths(alerts: AlertStore, { from, to }: Range): readonly AlertMonth[] {
  const lines = alerts.transitionsBetween(0, to)
  return LEVELS.map((level) => {
    const ofLevel = lines.filter((line) => line.level === level)
    const during = ofLevel.filter(({ at }) => at >= from)
    const count = (transition: string) => during.filter((line) => line.transition === transition).length
    const open = new Set<string>()
    for (const { episode, transition } of ofLevel) {
      if (transition === 'fired' || transition === 'reopened') open.add(episode)
      if (transition === 'resolved' || transition === 'withdrawn') open.delete(episode)
    }
    return { level, fired: count('fired'), resolved: count('resolved'), stillOpen: open.size }
  })
}

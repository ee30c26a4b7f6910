import { isAboutAlert } from '@tabiji/core/alert'
import { isoIn } from '@tabiji/core/time'
import type { Overview } from '../../ports/api.ts'
import type { GatedStore } from '../../ports/gated-store.ts'

/** Pages that a silence or a maintenance holds back: whoever looks at the journeys must see that nobody was paged. */
export function silencedPages({ gated }: Pick<GatedStore, 'gated'>, zone: string): NonNullable<Overview['silenced']> {
  const found = new Map<string, NonNullable<Overview['silenced']>[number]>()
  for (const { topic, level, facts, verdicts } of gated()) {
    if (level !== 1 || !isAboutAlert(facts)) continue
    for (const each of verdicts) {
      if (each.verdict !== 'defer' || (each.by?.kind !== 'silence' && each.by?.kind !== 'maintenance')) continue
      const until = each.until === undefined ? {} : { until: isoIn(each.until, zone) }
      found.set(topic, { alert: topic, rule: facts.rule, by: each.by.key, reason: each.by.reason, ...until })
    }
  }
  return [...found.values()]
}

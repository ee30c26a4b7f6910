import type { Config } from '../config/config.ts'
import type { FoundTarget } from '../ports/discovery.ts'
import type { Access } from '../wire/access.ts'
import { createOutgoing } from '../wire/outgoing.ts'
import { discoveryOf } from './discovery.ts'

/** What a list of targets said when it was looked at once. */
export type Listed = {
  readonly name: string
  readonly targets: readonly (FoundTarget & Access)[]
  /** Why it could not be had, or what is wrong with parts of it. */
  readonly troubles: readonly string[]
}

/** Looks once at every list of targets that the configuration names, as the daemon does at its start. */
export async function lookAtLists({
  discovery,
  limits,
}: Pick<Config, 'discovery' | 'limits'>): Promise<readonly Listed[]> {
  const outgoing = createOutgoing()
  try {
    return await Promise.all(
      discovery.map(async (place) => {
        const found = await discoveryOf(place, outgoing, limits).find(new AbortController().signal)
        const { intervalMs: _, timeoutMs: __, ...access } = place.targets
        if (!found.ok) return { name: place.name, targets: [], troubles: [found.message] }
        const targets = found.targets.map((target) => ({ ...target, ...access }))
        return { name: place.name, targets, troubles: found.warnings }
      }),
    )
  } finally {
    outgoing.close()
  }
}

import type { Read } from '../problem/index.ts'
import type { Pair, Policy } from './definition.ts'
import type { policyReader } from './readers.ts'
import { WORKBOOK_POLICY } from './workbook.ts'

type PolicyPart = Read<typeof policyReader>

/**
 * Lays a stated policy over the one around it (file, journey, objective; the workbook's beneath all). Pairs and
 * milestones are replaced as a whole, because a list that is half one's own is nobody's.
 */
export function mergePolicy(around: Policy | undefined, stated: PolicyPart | undefined): Policy | undefined {
  if (stated === undefined) return around
  const base = around ?? WORKBOOK_POLICY
  const keepMs = stated.keep ?? base.keepMs
  return {
    pairs: stated.pairs?.map(toPair) ?? base.pairs,
    milestones: stated.milestones ?? base.milestones,
    guard: {
      badEvents: stated.guard?.badEvents ?? base.guard.badEvents,
      confidencePercent: stated.guard?.confidence ?? base.guard.confidencePercent,
    },
    ...(keepMs !== undefined && { keepMs }),
  }
}

function toPair({ level, long, short, factor, spends }: NonNullable<PolicyPart['pairs']>[number]): Pair {
  const speed = factor === undefined ? { spendsPpm: spends ?? 0 } : { factorMilli: factor }
  return { level, longMs: long, shortMs: short, speed }
}

import { RULED, stretchExpr } from '@tabiji/core/ruler'
import type { Ruler } from '../ports/ruler.ts'
import { createEngine, type EngineAccess, type EngineLimits } from '../wire/engine.ts'
import type { Outgoing } from '../wire/outgoing.ts'

/** Reads what a ruler recorded through the query API of its engine. */
export function createRuler(name: string, access: EngineAccess, outgoing: Outgoing, limits: EngineLimits): Ruler {
  const engine = createEngine(access, outgoing, limits)
  const ask = async (expr: string, at: number, signal: AbortSignal) => {
    const answer = await engine.instant(expr, at, signal)
    if (!answer.ok) return answer
    // Half of the numbers would be read as if the others were zero.
    if (answer.partial) return { ok: false, message: `the answer is not whole: ${answer.warnings.join('; ')}` } as const
    const samples = answer.series.flatMap(({ labels, samples: [first] }) =>
      first === undefined ? [] : [{ labels, value: first.value }],
    )
    return { ok: true, samples } as const
  }
  /** Two questions that belong together: both are answered, or none. */
  const askBoth = async (first: string, second: string, at: number, signal: AbortSignal) => {
    const [a, b] = await Promise.all([ask(first, at, signal), ask(second, at, signal)])
    if (!a.ok) return { ok: false, message: a.message } as const
    if (!b.ok) return { ok: false, message: b.message } as const
    return { ok: true, first: a.samples, second: b.samples } as const
  }
  return {
    name,
    read: async (at, signal) => {
      const both = await askBoth(RULED.results, RULED.alerts, at, signal)
      return both.ok ? { ok: true, results: both.first, alerts: both.second } : both
    },
    stretch: async (windowMs, { from, to }, signal) => {
      const [bad, valid] = (['bad', 'valid'] as const).map((part) => stretchExpr(part, windowMs, to - from))
      const both = await askBoth(bad ?? '', valid ?? '', to, signal)
      return both.ok ? { ok: true, bad: both.first, valid: both.second } : both
    },
  }
}

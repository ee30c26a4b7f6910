import type { Definition } from '@tabiji/core/journey'
import type { Rule } from '../event/rule.ts'
import type { Match } from './requests.ts'

type Pattern = { readonly path: RegExp; readonly rule: Rule }

/**
 * Finds the step of a request by the routes of the journeys file, as express does by default: letters match in both
 * cases, a `/` at the end is ignored, `:name` stands for something within one segment, a HEAD request is answered by
 * its GET route. The first declared route that fits wins.
 */
export function createMatch(definition: Definition, rules: readonly Rule[]): Match {
  const byMethod = new Map<string, Pattern[]>()
  const steps = definition.journeys.flatMap((journey) => journey.steps)
  for (const rule of rules) {
    for (const { method, path } of steps[rule.index]?.routes ?? []) {
      const patterns = byMethod.get(method) ?? []
      byMethod.set(method, [...patterns, { path: patternOf(path), rule }])
    }
  }
  const find = (method: string, path: string) => byMethod.get(method)?.find((pattern) => pattern.path.test(path))?.rule
  return (method, path) => find(method, path) ?? (method === 'HEAD' ? find('GET', path) : undefined)
}

function patternOf(path: string): RegExp {
  const literals = path.replace(/\/$/, '').split(/:[^/.-]+/)
  const escaped = literals.map((literal) => literal.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${escaped.join('[^/]+?')}/?$`, 'i')
}

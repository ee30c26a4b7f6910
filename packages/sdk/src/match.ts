import type { Definition, Route } from '@tabiji/core/journey'
import type { Match } from './http.ts'
import type { Rule } from './rule.ts'

type Pattern = { readonly segments: readonly string[]; readonly rule: Rule }

/**
 * Finds the step of a request by the routes of the journeys file, as express does by default: letters match in both
 * cases, a `/` at the end is ignored, `:name` stands for one segment, a HEAD request is answered by its GET route. The
 * first declared route that fits wins.
 */
export function createMatch(definition: Definition, rules: readonly Rule[]): Match {
  const byMethod = new Map<string, Pattern[]>()
  const steps = definition.journeys.flatMap((journey) => journey.steps)
  for (const rule of rules) {
    for (const { method, path } of steps[rule.index]?.routes ?? []) {
      const patterns = byMethod.get(method.toUpperCase()) ?? []
      byMethod.set(method.toUpperCase(), [...patterns, { segments: segmentsOf(path), rule }])
    }
  }
  const find = (method: string, segments: readonly string[]) =>
    byMethod.get(method)?.find((pattern) => fits(pattern.segments, segments))?.rule
  return (method, path) => {
    const segments = segmentsOf(path)
    return find(method, segments) ?? (method === 'HEAD' ? find('GET', segments) : undefined)
  }
}

function segmentsOf(path: Route['path']): string[] {
  return path.replace(/^\//, '').replace(/\/$/, '').toLowerCase().split('/')
}

function fits(pattern: readonly string[], segments: readonly string[]): boolean {
  if (pattern.length !== segments.length) return false
  return pattern.every((each, at) => (each.startsWith(':') ? segments[at] !== '' : each === segments[at]))
}

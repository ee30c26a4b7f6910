import { isMap, isScalar, type Pair, parseDocument, type YAMLMap } from 'yaml'
import { formatDuration } from '../time/index.ts'
import type { Proposal, ProposedStep } from './proposal.ts'

/** Text that goes in at an offset of the file. */
type Insertion = { readonly at: number; readonly text: string }

/**
 * Puts proposed steps and classes into the text of a journeys file. Every character that stands there stays, comments and
 * order too; JSON is written anew, two spaces deep.
 *
 * @param text a file that has been read without errors
 */
export function patchJourneys(text: string, { steps, classes }: Pick<Proposal, 'steps' | 'classes'>): string {
  if (steps.length === 0) return text
  if (isJson(text)) return patchJson(text, { steps, classes })
  const root = parseDocument(text, { stringKeys: true }).contents
  if (!isMap(root)) return text
  const insertions = [
    ...insertClasses(text, root, classes),
    ...[...byJourney(steps, root)].flatMap(([journey, ofJourney]) => insertSteps(text, root, journey, ofJourney)),
  ]
  // From the end, so that no offset moves; of two at one place the first stays first.
  return insertions
    .map((insertion, i) => ({ ...insertion, i }))
    .sort((a, b) => b.at - a.at || b.i - a.i)
    .reduce((patched, { at, text: more }) => patched.slice(0, at) + more + patched.slice(at), text)
}

function insertClasses(text: string, root: YAMLMap, classes: Proposal['classes']): readonly Insertion[] {
  if (classes.length === 0) return []
  const entries = classes.map(({ name, ms }) => ({ line: `${name}: ${formatDuration(ms)}`, remark: '' }))
  const map = root.get('classes')
  if (isMap(map) && map.items.length > 0) return into(text, map, entries)
  const zone = pairOf(root, 'timeZone')
  const at = zone === undefined ? 0 : lineEnd(text, zone)
  const inside = classes.map(({ name, ms }) => `${name}: ${formatDuration(ms)}`).join(', ')
  return [{ at, text: `\nclasses: { ${inside} }` }]
}

function insertSteps(
  text: string,
  root: YAMLMap,
  journey: string,
  steps: readonly ProposedStep[],
): readonly Insertion[] {
  const entries = steps.map((step) => ({ line: `${step.step}: ${stepLine(step)}`, remark: remarkOf(step) }))
  const map = root.getIn(['journeys', journey, 'steps'])
  if (isMap(map) && map.items.length > 0) return into(text, map, entries)
  const journeys = root.get('journeys')
  const [first] = isMap(journeys) ? journeys.items : []
  if (!isMap(journeys) || first === undefined) return []
  if (journeys.flow === true) {
    const inside = entries.map(({ line }) => line).join(', ')
    return into(text, journeys, [{ line: `${journey}: { steps: { ${inside} } }`, remark: '' }])
  }
  const indent = indentOf(text, first)
  const lines = entries.map(({ line, remark }) => `\n${indent}    ${line}${remark}`).join('')
  return [{ at: lineEnd(text, journeys.items.at(-1)), text: `\n${indent}${journey}:\n${indent}  steps:${lines}` }]
}

/** After the last entry of a map, in the map's own way of writing. */
function into(text: string, map: YAMLMap, entries: readonly { line: string; remark: string }[]): readonly Insertion[] {
  if (map.flow === true) {
    const close = (map.range?.[1] ?? text.length) - 1
    const end = pairEnd(text, map.items.at(-1))
    const tail = text.slice(end, close)
    const comma = tail.replace(/#.*/g, '').includes(',') ? '' : ','
    const inside = entries.map(({ line }) => line).join(', ')
    // A comment behind the last entry would swallow what follows it on its line.
    if (!tail.includes('#')) return [{ at: close - (/\s*$/.exec(tail)?.[0].length ?? 0), text: `${comma} ${inside}` }]
    const indent = /[ \t]*$/.exec(text.slice(lineStart(text, close), close))?.[0] ?? ''
    return [
      { at: end, text: comma },
      { at: close, text: `  ${inside}\n${indent}` },
    ]
  }
  const indent = indentOf(text, map.items[0])
  const lines = entries.map(({ line, remark }) => `\n${indent}${line}${remark}`).join('')
  return [{ at: lineEnd(text, map.items.at(-1)), text: lines }]
}

function stepLine({ method, path, within }: ProposedStep): string {
  return `{ http: ${JSON.stringify(`${method} ${path}`)}, within: ${within} }`
}

function remarkOf({ answered, times }: ProposedStep): string {
  const [p50, p95, p99] = [times.p50, times.p95, times.p99].map(roundedMs)
  return ` # proposed: ${answered} requests, p50 ${p50}, p95 ${p95}, p99 ${p99}`
}

/** Two digits are more than a bucket knows. */
export function roundedMs(ms: number): string {
  return `${ms < 10 ? ms.toFixed(1) : Math.round(ms)} ms`
}

function pairOf(map: YAMLMap, key: string): Pair | undefined {
  return map.items.find((pair) => isScalar(pair.key) && pair.key.value === key)
}

function pairEnd(text: string, pair: Pair | undefined): number {
  const node = (pair?.value ?? pair?.key) as { range?: readonly number[] | null } | undefined
  return node?.range?.[1] ?? text.length
}

/** The end of the line on which a pair ends, before its line break. */
function lineEnd(text: string, pair: Pair | undefined): number {
  const end = pairEnd(text, pair)
  const from = text[end - 1] === '\n' ? end - 1 : end
  const lineFeed = text.indexOf('\n', from)
  const at = lineFeed === -1 ? text.length : lineFeed
  return text[at - 1] === '\r' ? at - 1 : at
}

function lineStart(text: string, at: number): number {
  return text.lastIndexOf('\n', at - 1) + 1
}

function indentOf(text: string, pair: Pair | undefined): string {
  const at = (pair?.key as { range?: readonly number[] } | undefined)?.range?.[0] ?? 0
  return ' '.repeat(at - lineStart(text, at))
}

/** New journeys last: where they follow the last one, its new steps come before them. */
function byJourney(steps: readonly ProposedStep[], root: YAMLMap): ReadonlyMap<string, readonly ProposedStep[]> {
  const names = [...new Set(steps.map(({ journey }) => journey))]
  const isKnown = (name: string) => root.hasIn(['journeys', name])
  const ordered = [...names.filter(isKnown), ...names.filter((name) => !isKnown(name))]
  return new Map(ordered.map((name) => [name, steps.filter(({ journey }) => journey === name)]))
}

function isJson(text: string): boolean {
  try {
    return typeof JSON.parse(text) === 'object'
  } catch {
    return false
  }
}

type JsonFile = {
  classes?: Record<string, string>
  journeys: Record<string, { steps: Record<string, { http: string; within: string }> }>
}

function patchJson(text: string, { steps, classes }: Pick<Proposal, 'steps' | 'classes'>): string {
  const file = JSON.parse(text) as JsonFile
  for (const { name, ms } of classes) file.classes = { ...file.classes, [name]: formatDuration(ms) }
  for (const { journey, step, method, path, within } of steps) {
    const found = file.journeys[journey] ?? { steps: {} }
    file.journeys[journey] = found
    found.steps[step] = { http: `${method} ${path}`, within }
  }
  return `${JSON.stringify(file, null, 2)}\n`
}

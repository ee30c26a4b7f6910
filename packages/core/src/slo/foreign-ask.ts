import { type Path, type Problem, problem } from '../problem/index.ts'
import { lost } from './adopted.ts'
import type { OpenSlo, OpenSloDocument } from './openslo-document.ts'
import { hasOpenWindow, type Shape, shapeOf, withWindow } from './promql.ts'
import type { Ask, Side } from './question.ts'

type Indicator = NonNullable<OpenSlo['spec']['indicator']>['spec']
type Metric = NonNullable<Indicator['thresholdMetric']>
type Objective = OpenSlo['spec']['objectives'][number]
type DataSource = Extract<OpenSloDocument, { readonly kind: 'DataSource' }>

/** Types of sources that speak the query API of Prometheus. */
const TYPES = /^(prometheus|thanos|cortex|mimir|victoria-?metrics)$/i

/** What an indicator is read with. */
export type AskRules = {
  readonly sources: ReadonlyMap<string, DataSource>
  /** How often it is evaluated; Sloth's open window is as long. */
  readonly intervalMs: number
}

/**
 * What to ask an engine for an objective.
 *
 * @param path of the indicator
 * @returns why it cannot be asked, as a text
 */
export function askOf(
  { thresholdMetric, ratioMetric }: Indicator,
  objective: Objective,
  targetPpm: number,
  path: Path,
  rules: AskRules,
  problems: Problem[],
): Ask | string {
  const read = (metric: Metric, ...keys: readonly string[]) => readQuery(metric, [...path, ...keys], rules, problems)
  const closed = (query: string) => withWindow(query, rules.intervalMs)
  if (thresholdMetric !== undefined) {
    const asked = read(thresholdMetric, 'thresholdMetric')
    if (typeof asked === 'string') return asked
    const { op, value } = objective
    if (op === undefined || value === undefined) return 'its objective has no `op` and `value`'
    return { kind: 'values', query: closed(asked.query), op, value }
  }
  const { good, bad, total, raw, rawType, counter } = ratioMetric ?? {}
  if (raw !== undefined) {
    const asked = read(raw, 'ratioMetric', 'raw')
    if (typeof asked === 'string') return asked
    return { kind: 'ratio', side: rawType === 'success' ? 'good' : 'bad', query: closed(asked.query), targetPpm }
  }
  const [side, metric]: [Side, Metric | undefined] = good === undefined ? ['bad', bad] : ['good', good]
  if (metric === undefined || total === undefined) return 'it has no `total` and one of `good` and `bad`'
  const part = read(metric, 'ratioMetric', side)
  const whole = read(total, 'ratioMetric', 'total')
  if (typeof part === 'string') return part
  if (typeof whole === 'string') return whole
  if (counter === undefined) {
    problems.push(
      lost(
        [...path, 'ratioMetric'],
        '`counter` is not stated and taken as true',
        'write `counter: true` or `counter: false`',
      ),
    )
  }
  return ratioAsk(side, part, whole, counter ?? true, targetPpm, closed)
}

type Asked = { readonly query: string; readonly shape: Exclude<Shape, { readonly kind: 'broken' }> }

function ratioAsk(
  side: Side,
  part: Asked,
  total: Asked,
  isCounter: boolean,
  targetPpm: number,
  closed: (query: string) => string,
): Ask {
  const selectors = [part.shape, total.shape].flatMap((shape) => {
    const isTold = shape.kind === 'growth' || (shape.kind === 'selector' && isCounter)
    return isTold ? [shape.selector] : []
  })
  const [ours, all] = selectors
  if (ours !== undefined && all !== undefined) return { kind: 'counters', side, part: ours, total: all }
  // A rate and an increase over an open window are alike as a ratio only.
  if (hasOpenWindow(part.query) || hasOpenWindow(total.query)) {
    return { kind: 'ratio', side, query: `(${closed(part.query)}\n) / (${closed(total.query)}\n)`, targetPpm }
  }
  return { kind: isCounter ? 'growth' : 'amounts', side, part: part.query, total: total.query }
}

function readQuery({ metricSource }: Metric, path: Path, { sources }: AskRules, problems: Problem[]): Asked | string {
  const { metricSourceRef, type, spec } = metricSource
  const source = sources.get(metricSourceRef ?? '')
  const kind = type ?? source?.spec.type
  if (kind === undefined) return `there is no DataSource with the name ${metricSourceRef}`
  if (!TYPES.test(kind))
    return `its source is of the type ${kind}, and only Prometheus and what speaks like it is asked`
  const { query } = spec
  const place: Path = [...path, 'metricSource', 'spec']
  if (typeof query !== 'string' || query.trim() === '') {
    problems.push(problem('OPENSLO_QUERY', place, 'Expected `query` to be a query of PromQL'))
    return 'it has no query'
  }
  const shape = shapeOf(query)
  if (shape.kind !== 'broken') return { query: query.trim(), shape }
  const before = query.slice(0, shape.at)
  const line = before.split('\n').length
  const message = `Expected a query of PromQL, and it is none from character ${before.length - before.lastIndexOf('\n')} of its line ${line}`
  problems.push(problem('OPENSLO_QUERY', [...place, 'query'], message))
  return 'its query is broken'
}

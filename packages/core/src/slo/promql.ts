import { parser } from '@prometheus-io/lezer-promql'

type Node = ReturnType<typeof parser.parse>['topNode']

/**
 * What a query asks for. A selector gives its counters as they are; any other expression gives what an engine works out,
 * which is an estimate.
 */
export type Shape =
  | { readonly kind: 'selector'; readonly selector: string }
  /** How fast counters grow over Sloth's window, whichever that is: the counters themselves say it exactly. */
  | { readonly kind: 'growth'; readonly selector: string }
  | { readonly kind: 'expression' }
  /** Where it stops being PromQL: characters from its beginning. */
  | { readonly kind: 'broken'; readonly at: number }

/** Sloth's place for a window. */
const PLACE = /\{\{ ?\.window ?\}\}/g
/** Stands in that place while a query is looked at: nobody writes it. */
const STAND_IN = '87654321ms'

/** Reads the shape of a PromQL query, by the grammar that Prometheus publishes. A sum of counters is the counters: they are added anyway. */
export function shapeOf(query: string): Shape {
  const text = query.replaceAll(PLACE, STAND_IN)
  const tree = parser.parse(text)
  let broken: number | undefined
  tree.iterate({
    enter: ({ type, from }) => {
      if (type.isError) broken ??= from
    },
  })
  if (broken !== undefined || text.trim() === '') return { kind: 'broken', at: broken ?? 0 }
  const inner = withoutSum(childrenOf(tree.topNode)[0])
  const written = (node: Node | undefined) => (node === undefined ? '' : text.slice(node.from, node.to))
  if (inner?.name === 'VectorSelector') return { kind: 'selector', selector: written(inner) }
  const [called, body] = childrenOf(inner)
  const isGrowth = inner?.name === 'FunctionCall' && /^(rate|increase)$/.test(written(called))
  const matrix = isGrowth ? withoutParens(childrenOf(body)[0]) : undefined
  const [selector, duration] = childrenOf(matrix)
  const isOverWindow = matrix?.name === 'MatrixSelector' && written(duration) === STAND_IN
  return isOverWindow && selector?.name === 'VectorSelector'
    ? { kind: 'growth', selector: written(selector) }
    : { kind: 'expression' }
}

/** Whether the query leaves the window open, as Sloth's do. */
export function hasOpenWindow(query: string): boolean {
  return query.search(PLACE) >= 0
}

/** @param windowMs whole milliseconds, as PromQL writes durations */
export function withWindow(query: string, windowMs: number): string {
  return query.replaceAll(PLACE, `${windowMs}ms`)
}

function withoutSum(node: Node | undefined): Node | undefined {
  const bare = withoutParens(node)
  if (bare?.name !== 'AggregateExpr') return bare
  const [operator, ...rest] = childrenOf(bare)
  if (operator?.firstChild?.name !== 'Sum') return bare
  const body = rest.find(({ name }) => name === 'FunctionCallBody')
  return withoutSum(childrenOf(body)[0])
}

function withoutParens(node: Node | undefined): Node | undefined {
  return node?.name === 'ParenExpr' ? withoutParens(childrenOf(node)[0]) : node
}

function childrenOf(node: Node | undefined): readonly Node[] {
  const children: Node[] = []
  for (let child = node?.firstChild; child; child = child.nextSibling) {
    if (child.name !== 'LineComment') children.push(child)
  }
  return children
}

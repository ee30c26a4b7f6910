import { type Alias, isAlias, isMap, isNode, isScalar, isSeq, type Node, type Pair } from 'yaml'
import type { Path, Problem } from './problem.ts'
import { named, problem } from './wording.ts'

/** More than any text needs, and far less than what repeated aliases could blow a small one up to. */
const LIMIT = { depth: 100, aliases: 100 } as const

/** A parsed text as a plain value, and the way back from paths to nodes of the text. */
export type Tree = {
  readonly value: unknown
  readonly problems: readonly Problem[]
  /** The key and the value at the path, or the nearest ones above it that exist. */
  readonly find: (path: Path) => Found
  /** Every value of an object, with its path; for an alias, what it stands for as well. */
  readonly values: readonly { readonly path: Path; readonly node: Node }[]
}

type Found = { readonly key: Node | undefined; readonly value: Node | undefined; readonly exact: boolean }

type Walk = {
  readonly problems: Problem[]
  readonly anchors: Map<string, Node>
  readonly targets: Map<Alias, Node>
  readonly values: { readonly path: Path; readonly node: Node }[]
  /** Anchored nodes that are being read: an alias to one of them has no end. */
  readonly open: Set<Node>
  /** How many values there may be. */
  readonly most: number
  count: number
}

/** Reads the nodes of a text. Problems carry no place yet. @param most how many values it may have, with what aliases expand to */
export function readTree(root: Node | null, most: number): Tree {
  const walk: Walk = {
    problems: [],
    anchors: new Map(),
    targets: new Map(),
    values: [],
    open: new Set(),
    most,
    count: 0,
  }
  const value = root === null ? null : plain(root, [], walk)
  return { value, problems: walk.problems, find: (path) => find(root, path, walk.targets), values: walk.values }
}

function plain(node: unknown, path: Path, walk: Walk): unknown {
  walk.count += 1
  if (walk.count > walk.most || path.length > LIMIT.depth) return exceeded(path, walk)
  if (isAlias(node)) return followed(node, path, walk)
  if (isScalar(node)) {
    if (node.anchor !== undefined) walk.anchors.set(node.anchor, node)
    return node.value
  }
  if (!isMap(node) && !isSeq(node)) return null
  if (node.anchor !== undefined) walk.anchors.set(node.anchor, node)
  walk.open.add(node)
  const value = isMap(node)
    ? plainObject(node.items, path, walk)
    : node.items.map((item, i) => plain(item, [...path, i], walk))
  walk.open.delete(node)
  return value
}

function plainObject(pairs: readonly Pair[], path: Path, walk: Walk): Record<string, unknown> {
  const object: Record<string, unknown> = {}
  for (const pair of pairs) {
    const key = keyOf(pair)
    if (key === undefined || key === '__proto__') {
      const message = `Expected the keys of ${named(path)} to be plain words`
      walk.problems.push(problem('DOCUMENT_KEY', [...path, key ?? ''], message, { part: 'key' }))
      continue
    }
    const at = [...path, key]
    if (Object.hasOwn(object, key)) {
      const hint = 'keep one of them'
      const message = `Expected ${named(at)} to be written once, got it again`
      walk.problems.push(problem('DOCUMENT_DUPLICATE_KEY', at, message, { part: 'key', hint }))
    }
    object[key] = plain(pair.value, at, walk)
    const nodes = isAlias(pair.value) ? [pair.value, walk.targets.get(pair.value)] : [pair.value]
    walk.values.push(...nodes.flatMap((node) => (isNode(node) ? [{ path: at, node }] : [])))
  }
  return object
}

/** Aliases are expanded as copies; the limits on values and depth hold for what they expand to. */
function followed(alias: Alias, path: Path, walk: Walk): unknown {
  const target = walk.targets.get(alias) ?? walk.anchors.get(alias.source)
  const message = `Expected \`*${alias.source}\` to name an anchor that is set before it`
  if (target === undefined) walk.problems.push(problem('DOCUMENT_ALIAS', path, message))
  if (target === undefined) return null
  walk.targets.set(alias, target)
  if (walk.targets.size > LIMIT.aliases) return exceeded(path, walk)
  if (walk.open.has(target)) {
    walk.problems.push(problem('DOCUMENT_ALIAS', path, `Expected \`*${alias.source}\` to stand outside of its anchor`))
    return null
  }
  return plain(target, path, walk)
}

/** One problem is enough: whatever follows is cut off as well. */
function exceeded(path: Path, walk: Walk): null {
  const { depth, aliases } = LIMIT
  const limits = `${depth} levels, ${aliases} aliases and ${walk.most} values`
  const code = 'DOCUMENT_TOO_LARGE'
  if (!walk.problems.some((known) => known.code === code)) {
    walk.problems.push(problem(code, path, `Expected the document to have at most ${limits}`))
  }
  return null
}

function find(root: Node | null, path: Path, targets: ReadonlyMap<Alias, Node>): Found {
  let key: Node | undefined
  let value: Node | undefined = root ?? undefined
  for (const step of path) {
    const inside: unknown = isAlias(value) ? targets.get(value) : value
    // The last of equal keys is the one whose value counts.
    const pair = isMap(inside) ? inside.items.findLast((each) => keyOf(each) === step) : undefined
    const item = isSeq(inside) ? inside.items[Number(step)] : undefined
    if (pair === undefined && item === undefined) return { key, value, exact: false }
    key = (pair?.key ?? item) as Node
    value = (pair === undefined ? item : (pair.value ?? undefined)) as Node | undefined
  }
  return { key, value, exact: true }
}

function keyOf({ key }: Pair): string | undefined {
  return isScalar(key) && typeof key.value === 'string' ? key.value : undefined
}

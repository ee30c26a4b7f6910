import { parseAst } from 'rolldown/parseAst'

type Node = { readonly type: string; readonly start: number; readonly end: number; readonly [field: string]: unknown }

const OPERATORS = ['+', '-', '*', '/', '%', '**']
const CALLS = /^(Math\.\w+|BigInt|Number|parseInt|parseFloat)$|\.(reduce|toFixed|toPrecision)$/

/** Everything in a source that works a number out, as it is written there. */
export function arithmeticIn(source: string): readonly string[] {
  const found: string[] = []
  const textOf = ({ start, end }: Node) => source.slice(start, end)
  const visit = (value: unknown): void => {
    if (isNode(value) && reckons(value, textOf)) found.push(textOf(value).replace(/\s+/g, ' '))
    if (typeof value === 'object' && value !== null) for (const part of Object.values(value)) visit(part)
  }
  visit(parseAst(source, { lang: 'ts' }))
  return found
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string'
}

function reckons(node: Node, textOf: (node: Node) => string): boolean {
  const { type, operator, callee } = node
  if (type === 'UpdateExpression') return true
  if (type === 'BinaryExpression') return OPERATORS.includes(String(operator)) && !isNext(node)
  if (type === 'AssignmentExpression') return operator !== '='
  if (type === 'UnaryExpression') return operator === '+' || (operator === '-' && !isLiteral(node['argument']))
  return type === 'CallExpression' && isNode(callee) && CALLS.test(textOf(callee))
}

/** The one after or before in a row is no sum. */
function isNext({ operator, right }: Node): boolean {
  return (operator === '+' || operator === '-') && isNode(right) && right['value'] === 1
}

/** `-1` is a number, not a sum. */
function isLiteral(node: unknown): boolean {
  return isNode(node) && (node.type === 'Literal' || node.type === 'Identifier')
}

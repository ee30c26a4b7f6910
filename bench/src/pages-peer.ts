import { type DefaultTreeAdapterTypes, parse, serialize } from 'parse5'
import { type ComponentChild, h } from 'preact'
import { renderToString } from 'preact-render-to-string'

type Node = DefaultTreeAdapterTypes.ChildNode

/**
 * Makes the same page by Preact: every element is created anew at each call, as compiled JSX does, and printed. All texts are ready-made,
 * so nothing is sorted, counted or formatted in it.
 *
 * @throws when what it prints is another page
 */
export function pageByPreact(page: string): () => string {
  const root = parse(page).childNodes.find((node) => node.nodeName === 'html')
  if (root === undefined) throw new Error('Expected a page')
  const make = makerOf(root)
  const print = () => `<!DOCTYPE html>${renderToString(h('div', null, make())).slice('<div>'.length, -'</div>'.length)}`
  if (serialize(parse(print())) !== serialize(parse(page))) throw new Error('Expected Preact to print the same page')
  return print
}

function makerOf(node: Node): () => ComponentChild {
  if (!('tagName' in node)) {
    const text = 'value' in node ? node.value : null
    return () => text
  }
  const { tagName } = node
  const attributes = node.attrs.map(({ name, value }) => [name, value] as const)
  const children = node.childNodes.map(makerOf)
  return () => h(tagName, Object.fromEntries(attributes), ...children.map((child) => child()))
}

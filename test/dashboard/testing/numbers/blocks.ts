import { type DefaultTreeAdapterTypes, parse } from 'parse5'

type Node = DefaultTreeAdapterTypes.ChildNode
type Element = DefaultTreeAdapterTypes.Element

/** A piece of a page that is read as one. */
export type Block = {
  /** The nearest id around it, or the part of the frame. */
  readonly place: string
  /** Of its table, else the heading before it. */
  readonly caption: string
  /** Where the last heading of the second level leads. */
  readonly about: string
  /** Its class. */
  readonly kind: string
  readonly tag: string
  /** In its row; 0 for what is in no row. */
  readonly column: number
  /** Where the first link of its row, or of itself, leads. */
  readonly link: string
  /** Its row's cells as text, the first one names what the row is about. */
  readonly row: readonly string[]
  readonly text: string
  /** What `<time>` says in it, each with its instant. */
  readonly times: readonly { readonly at: string; readonly text: string }[]
}

const READ_AS_ONE = ['td', 'th', 'li', 'p', 'dt', 'dd', 'h1', 'h2', 'h3', 'caption', 'pre', 'svg']
/** Forms ask and tell nothing, and neither does the name of a fold. */
const UNSAID = ['head', 'script', 'style', 'form', 'button', 'summary']

/**
 * How something went, as charts and their tables: they are drawn from the series of the API, each point of which is held against the log
 * where series are made.
 */
const DRAWN = ['course', 'alert-course']

/** All pieces of a page in their order. */
export function blocksOf(page: string): readonly Block[] {
  const blocks: Block[] = []
  let heading = ''
  let about = ''
  const visit = (node: Node, around: Around): void => {
    if (!isElement(node) || UNSAID.includes(node.tagName) || DRAWN.includes(attributeOf(node, 'id') ?? '')) return
    const { tagName } = node
    const place = attributeOf(node, 'id') ?? (['header', 'footer'].includes(tagName) ? tagName : around.place)
    const caption = tagName === 'table' ? textOf(find(node, 'caption')) : around.caption
    const here = { place, caption, row: tagName === 'tr' ? node : around.row }
    if (/^h[1-3]$/.test(tagName)) heading = textOf(node)
    if (tagName === 'h2') about = linkOf(node)
    if (READ_AS_ONE.includes(tagName)) blocks.push(blockOf(node, { ...here, caption: caption || heading }, about))
    for (const child of node.childNodes) visit(child, here)
  }
  for (const child of parse(page).childNodes) visit(child, { place: '', caption: '', row: undefined })
  return blocks
}

type Around = { readonly place: string; readonly caption: string; readonly row: Element | undefined }

function blockOf(node: Element, { place, caption, row }: Around, about: string): Block {
  const cells = (row?.childNodes ?? []).filter(isElement)
  return {
    ...{ place, caption, about, tag: node.tagName, column: Math.max(0, cells.indexOf(node)) },
    ...{ kind: attributeOf(node, 'class') ?? '', link: linkOf(row ?? node) },
    row: cells.map(textOf),
    text: ownTextOf(node),
    times: timesOf(node),
  }
}

/** What stands in it and in none of the pieces within it. */
function ownTextOf(node: Element): string {
  if (node.tagName === 'svg') return `${attributeOf(node, 'aria-label') ?? ''} ${textOf(node)}`.trim()
  const parts = node.childNodes.map((child) => {
    if (child.nodeName === '#text') return 'value' in child ? child.value : ''
    if (!isElement(child) || isApart(child)) return ' '
    return child.tagName === 'time' ? ' ' : ` ${ownTextOf(child)} `
  })
  return parts.join('').replace(/\s+/g, ' ').trim()
}

const isApart = ({ tagName }: Element): boolean => READ_AS_ONE.includes(tagName) || UNSAID.includes(tagName)

function timesOf(node: Element): Block['times'] {
  return node.childNodes.flatMap((child) => {
    if (!isElement(child) || isApart(child)) return []
    if (child.tagName !== 'time') return timesOf(child)
    return [{ at: attributeOf(child, 'datetime') ?? '', text: textOf(child) }]
  })
}

function textOf(node: Node | undefined): string {
  if (node === undefined) return ''
  if (node.nodeName === '#text' && 'value' in node) return node.value
  if (!isElement(node) || UNSAID.includes(node.tagName)) return ''
  return node.childNodes.map(textOf).join('').replace(/\s+/g, ' ').trim()
}

function linkOf(node: Element): string {
  const link = find(node, 'a')
  return link === undefined ? '' : (attributeOf(link, 'href') ?? '')
}

function find(node: Element, tagName: string): Element | undefined {
  for (const child of node.childNodes) {
    if (!isElement(child)) continue
    const found = child.tagName === tagName ? child : find(child, tagName)
    if (found !== undefined) return found
  }
  return undefined
}

function attributeOf(node: Element, name: string): string | undefined {
  return node.attrs.find((each) => each.name === name)?.value
}

function isElement(node: Node | DefaultTreeAdapterTypes.Node): node is Element {
  return 'tagName' in node
}

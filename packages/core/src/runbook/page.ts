import GithubSlugger from 'github-slugger'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { gfmFromMarkdown } from 'mdast-util-gfm'
import { toString as textOf } from 'mdast-util-to-string'
import { gfm } from 'micromark-extension-gfm'
import { readFrontMatter } from './front-matter.ts'

/** A part of a page, with nothing in it that could run: whoever shows it writes each text as text. */
export type PageNode =
  | { readonly type: 'text' | 'code' | 'block'; readonly text: string }
  | { readonly type: 'rule' | 'break' }
  | { readonly type: 'paragraph' | 'quote' | 'strong' | 'emphasis' | 'strike'; readonly inside: readonly PageNode[] }
  | {
      readonly type: 'link' /** Of the web, or `#ANCHOR` of this page. */
      readonly to: string
      readonly inside: readonly PageNode[]
    }
  | { readonly type: 'heading'; readonly depth: number; readonly anchor: string; readonly inside: readonly PageNode[] }
  | { readonly type: 'list' /** Absent: not numbered. */; readonly from?: number; readonly items: readonly PageItem[] }
  | { readonly type: 'table'; readonly rows: readonly (readonly (readonly PageNode[])[])[] }

/** An item of a list. One that is to be ticked (`- [ ]`) has a name by which that is kept: its text, told apart where it repeats. */
export type PageItem = { readonly step?: string; readonly inside: readonly PageNode[] }

/** What stands from one heading of the first two ranks to the next; without a heading it is the beginning. */
export type PageSection = { readonly heading?: string; readonly nodes: readonly PageNode[] }

/** A runbook as people work through it. */
export type RunbookPage = { readonly sections: readonly PageSection[]; readonly steps: readonly string[] }

type Node = {
  readonly type: string
  readonly children?: readonly Node[]
  readonly value?: string
  readonly url?: string
  readonly alt?: string | null
  readonly identifier?: string
  readonly depth?: number
  readonly checked?: boolean | null
  readonly ordered?: boolean | null
  readonly start?: number | null
}

type Reading = {
  readonly slugger: GithubSlugger
  readonly steps: string[]
  readonly definitions: ReadonlyMap<string, string>
  /** The whole address of a link that the page makes; nothing for one that must not be followed. */
  readonly addressOf: (link: string) => string | undefined
}

/** Nobody nests so deeply, and whoever does shall not bring the daemon down. */
const DEEPEST = 30
/** A step is told in a timeline. */
const LONGEST_STEP = 200

/**
 * Reads a page in Markdown (with the tables and checkboxes that forges know); its front matter and comments are left out, markup in
 * it stays text.
 *
 * @param addressOf resolves what a link says against where the page is
 */
export function runbookPage(markdown: string, addressOf: Reading['addressOf']): RunbookPage {
  const text = markdown.split(/\r?\n/).slice(readFrontMatter(markdown, '').lines).join('\n')
  const root = fromMarkdown(text, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] }) as Node
  const definitions = (root.children ?? []).flatMap(({ type, identifier, url }) =>
    type === 'definition' && identifier !== undefined && url !== undefined ? [[identifier, url] as const] : [],
  )
  const reading = { slugger: new GithubSlugger(), steps: [], definitions: new Map(definitions), addressOf }
  const nodes = nodesOf(root.children ?? [], reading, 0)
  return { sections: sectionsOf(nodes), steps: reading.steps }
}

/** The sections, those first whose heading names one of the words: what is about the step that hurts is read first. */
export function sectionsFor({ sections }: RunbookPage, words: readonly string[]): readonly PageSection[] {
  const sought = words.map((word) => word.toLowerCase()).filter((word) => word !== '')
  const isSought = ({ heading }: PageSection) =>
    heading !== undefined && sought.some((word) => namesWord(heading.toLowerCase(), word))
  const [first, ...rest] = sections
  const found = sections.filter(isSought)
  if (first === undefined || found.length === 0 || found.length === sections.length) return sections
  // The title of the page and what stands below it say for whom all of it is.
  const beginning = isSought(first) ? [] : [first]
  return [...beginning, ...found, ...rest.filter((section) => !isSought(section))]
}

/** A name in Latin letters is a word of its own; in Japanese nothing stands between words. */
function namesWord(heading: string, word: string): boolean {
  const at = heading.indexOf(word)
  if (at < 0) return false
  const isPart = (sign: string | undefined) => sign !== undefined && /[a-z0-9]/.test(sign) && /[a-z0-9]/.test(word)
  return !isPart(heading[at - 1]) && !isPart(heading[at + word.length])
}

function sectionsOf(nodes: readonly PageNode[]): readonly PageSection[] {
  const sections: { heading?: string; nodes: PageNode[] }[] = []
  for (const node of nodes) {
    if (node.type === 'heading' && node.depth <= 2) {
      sections.push({ heading: plainOf(node.inside), nodes: [node] })
      continue
    }
    const last = sections.at(-1)
    if (last === undefined) sections.push({ nodes: [node] })
    else last.nodes.push(node)
  }
  return sections
}

function plainOf(nodes: readonly PageNode[]): string {
  return nodes.map((node) => ('text' in node ? node.text : 'inside' in node ? plainOf(node.inside) : '')).join('')
}

function nodesOf(nodes: readonly Node[], reading: Reading, depth: number): readonly PageNode[] {
  return depth > DEEPEST ? [{ type: 'text', text: '…' }] : nodes.flatMap((node) => nodeOf(node, reading, depth))
}

const WRAPPED = {
  paragraph: 'paragraph',
  blockquote: 'quote',
  strong: 'strong',
  emphasis: 'emphasis',
  delete: 'strike',
} as const

function nodeOf(node: Node, reading: Reading, depth: number): readonly PageNode[] {
  const { type, children = [], value = '' } = node
  const inside = () => nodesOf(children, reading, depth + 1)
  if (Object.hasOwn(WRAPPED, type)) return [{ type: WRAPPED[type as keyof typeof WRAPPED], inside: inside() }]
  switch (type) {
    case 'text':
      return [{ type: 'text', text: value }]
    case 'inlineCode':
      return [{ type: 'code', text: value }]
    case 'code':
      return [{ type: 'block', text: value }]
    case 'html':
      return /^<!--[\s\S]*-->$/.test(value.trim()) ? [] : [{ type: 'text', text: value }]
    case 'thematicBreak':
      return [{ type: 'rule' }]
    case 'break':
      return [{ type: 'break' }]
    case 'heading':
      return [
        { type: 'heading', depth: node.depth ?? 1, anchor: reading.slugger.slug(shortText(node)), inside: inside() },
      ]
    case 'list':
      return [listOf(node, reading, depth)]
    case 'table':
      return [{ type: 'table', rows: children.map((row) => cellsOf(row, reading, depth + 1)) }]
    case 'definition':
      return []
    default:
      return linkOf(node, reading, inside)
  }
}

/** Links, pictures (told by their words, and led to: nothing is loaded from elsewhere), and whatever else has something in it. */
function linkOf(
  node: Node,
  { definitions, addressOf }: Reading,
  inside: () => readonly PageNode[],
): readonly PageNode[] {
  const { type, url = definitions.get(node.identifier ?? ''), alt, children } = node
  if (!/^(link|image)/.test(type)) return children === undefined ? [] : inside()
  const words: readonly PageNode[] = children === undefined ? [{ type: 'text', text: alt || (url ?? '') }] : inside()
  const to = url === undefined ? undefined : url.startsWith('#') ? url : addressOf(url)
  return to === undefined || !/^(https?:\/\/|#)/.test(to) ? words : [{ type: 'link', to, inside: words }]
}

function listOf(node: Node, reading: Reading, depth: number): PageNode {
  const items = (node.children ?? []).map((item): PageItem => {
    // The name of a step is taken before those below it, so that steps stand in the order of the page.
    const step = typeof item.checked === 'boolean' ? stepOf(item, reading.steps) : undefined
    const inside = nodesOf(item.children ?? [], reading, depth + 1)
    return { ...(step !== undefined && { step }), inside }
  })
  return { type: 'list', ...(node.ordered === true && { from: node.start ?? 1 }), items }
}

function stepOf(item: Node, steps: string[]): string {
  const text = shortText(item.children?.[0] ?? item)
    .replace(/\s+/g, ' ')
    .trim()
  const name = [...text].slice(0, LONGEST_STEP).join('') || '…'
  let step = name
  for (let n = 2; steps.includes(step); n += 1) step = `${name} (${n})`
  steps.push(step)
  return step
}

function cellsOf(row: Node, reading: Reading, depth: number): readonly (readonly PageNode[])[] {
  return (row.children ?? []).map((cell) => nodesOf(cell.children ?? [], reading, depth))
}

/** A heading and the first line of an item are short, and their insides flat enough to be read in one go. */
function shortText(node: Node): string {
  return textOf(node)
}

import GithubSlugger from 'github-slugger'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { toString as textOf } from 'mdast-util-to-string'

/** A part of a page. Lines and columns count from 1. */
type Spot = { readonly line: number; readonly column: number }
type Heading = Spot & { readonly depth: number; readonly text: string; readonly anchor: string }
type Link = Spot & { readonly to: string }

/** What a page consists of: its headings with the anchors that forges give them, its steps (items of lists), and where it links. */
export type Outline = {
  readonly headings: readonly Heading[]
  readonly steps: readonly string[]
  readonly links: readonly Link[]
}

type Node = { readonly type: string; readonly children?: readonly Node[]; readonly position?: { readonly start: Spot } }
type Linked = Node & { readonly url: string; readonly depth: number }

/** Reads a page in Markdown. @param linesBefore lines of its front matter, which are not part of `markdown` */
export function outlineOf(markdown: string, linesBefore: number): Outline {
  const slugger = new GithubSlugger()
  const headings: Heading[] = []
  const steps: string[] = []
  const links: Link[] = []
  const waiting: Node[] = [fromMarkdown(markdown) as Node]
  // A stack instead of recursion: nobody bounds how deeply lists of a page are nested.
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    const { line = 1, column = 1 } = node.position?.start ?? {}
    const spot = { line: line + linesBefore, column }
    const { url, depth } = node as Linked
    if (node.type === 'heading') {
      const text = textOf(node)
      headings.push({ ...spot, depth, text, anchor: slugger.slug(text) })
    }
    if (node.type === 'listItem') steps.push(textOf(node.children?.[0] ?? node))
    if (node.type === 'link' || node.type === 'definition' || node.type === 'image') links.push({ ...spot, to: url })
    waiting.push(...(node.children ?? []).toReversed())
  }
  return { headings, steps, links }
}

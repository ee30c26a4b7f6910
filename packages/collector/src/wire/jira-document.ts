import { z } from 'zod'
import { linksIn } from './ticket-text.ts'

const node = z.object({
  type: z.string(),
  text: z.string().optional(),
  content: z.array(z.unknown()).optional(),
})
/** Deeper than people write. */
const DEEPEST = 30
const BLOCKS: ReadonlySet<string> = new Set(['paragraph', 'heading', 'codeBlock', 'hardBreak', 'listItem'])

/** The text of a document of Atlassian's format (ADF), a line for each of its blocks. */
export function textOf(document: unknown, depth = 0): string {
  const read = node.safeParse(document)
  if (!read.success || depth > DEEPEST) return ''
  const { type, text = '', content = [] } = read.data
  const inside = content.map((child) => textOf(child, depth + 1)).join('')
  return `${text}${inside}${BLOCKS.has(type) ? '\n' : ''}`
}

/** Addresses that a document names; a link may stand beside its text and not in it. */
export function linksOf(document: unknown): readonly string[] {
  return document == null ? [] : linksIn(JSON.stringify(document))
}

/** A text as a document of Atlassian's format: empty lines stand between paragraphs. */
export function documentOf(text: string): object {
  const paragraphs = text.split(/\n{2,}/).map((block) => ({
    type: 'paragraph',
    content: block
      .split('\n')
      .filter((line) => line !== '')
      .flatMap((line, i) => [...(i === 0 ? [] : [{ type: 'hardBreak' }]), { type: 'text', text: line }]),
  }))
  return { type: 'doc', version: 1, content: paragraphs.filter(({ content }) => content.length > 0) }
}

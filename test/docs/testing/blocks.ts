import { readFileSync } from 'node:fs'

/** A fenced block of a Markdown file, with the word behind its fence. */
export type CodeBlock = { readonly language: string; readonly text: string }

/** The fenced blocks of a document, in their order. */
export function blocksOf(file: string): readonly CodeBlock[] {
  const text = readFileSync(file, 'utf8')
  return [...text.matchAll(/^```(\w+)\n(.*?)^```$/gms)].map(([, language = '', body = '']) => ({
    language,
    text: body,
  }))
}

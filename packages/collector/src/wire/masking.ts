import { lintSource } from '@secretlint/core'
import { secretLintProfiler } from '@secretlint/profiler'
import { creator } from '@secretlint/secretlint-rule-preset-recommend'
import { MASK, maskPatterns } from './secret-patterns.ts'

/** Longer texts are cut first: nobody writes one by hand, and each rule reads all of it. */
const MAX_LENGTH = 20_000

/**
 * The text without secrets: what people type with them (options, variables, headers, addresses), and what the rules of secretlint
 * know by its form (tokens of some thirty services). Masking what is masked changes nothing.
 */
export async function maskSecrets(text: string): Promise<string> {
  forgetTimings()
  const typed = maskPatterns(text.slice(0, MAX_LENGTH))
  const { messages } = await lintSource({
    source: { content: typed, filePath: 'line.txt', ext: '.txt', contentType: 'text' },
    options: {
      noPhysicFilePath: true,
      config: { rules: [{ id: '@secretlint/secretlint-rule-preset-recommend', rule: creator }] },
    },
  })
  // From the end, so that the places before stay where they are.
  const found = messages.map(({ range }) => range).sort(([a], [b]) => b - a)
  let masked = typed
  let from = typed.length
  for (const [start, end] of found) {
    masked = masked.slice(0, start) + MASK + masked.slice(Math.min(end, from))
    from = start
  }
  return masked
}

/** The library measures itself and keeps what it measured for as long as the process lives, which a daemon must not. */
function forgetTimings(): void {
  const { entries, measures } = secretLintProfiler as unknown as { entries: unknown[]; measures: unknown[] }
  entries.length = 0
  measures.length = 0
  performance.clearMarks()
  performance.clearMeasures()
}

/** The same document with every text in it masked. */
export async function maskDeep(document: unknown): Promise<unknown> {
  if (typeof document === 'string') return maskSecrets(document)
  if (Array.isArray(document)) return Promise.all(document.map(maskDeep))
  if (typeof document !== 'object' || document === null) return document
  const entries = Object.entries(document).map(async ([key, value]) => [key, await maskDeep(value)] as const)
  return Object.fromEntries(await Promise.all(entries))
}

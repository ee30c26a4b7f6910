import { uniteRanges } from '@tabiji/core/time'
import { MASK, maskPatterns } from './secret-patterns.ts'

/** Loaded when something is masked first: it takes a tenth of a second, and most commands mask nothing. */
async function loadRules() {
  const [{ lintSource }, { creator }, { secretLintProfiler }] = await Promise.all([
    import('@secretlint/core'),
    import('@secretlint/secretlint-rule-preset-recommend'),
    import('@secretlint/profiler'),
  ])
  // The library measures itself and keeps what it measured for as long as the process lives, which a daemon must not.
  secretLintProfiler.mark = () => undefined
  return { lintSource, creator }
}

/** Longer texts are cut first: nobody writes one by hand, and each rule reads all of it. */
const MAX_LENGTH = 20_000

/**
 * The text without secrets: what people type with them (options, variables, headers, addresses), and what the rules of secretlint
 * know by its form (tokens of some thirty services). Masking what is masked changes nothing.
 */
export async function maskSecrets(text: string): Promise<string> {
  const { lintSource, creator } = await loadRules()
  const typed = maskPatterns(text.slice(0, MAX_LENGTH))
  const { messages } = await lintSource({
    source: { content: typed, filePath: 'line.txt', ext: '.txt', contentType: 'text' },
    options: {
      noPhysicFilePath: true,
      config: { rules: [{ id: '@secretlint/secretlint-rule-preset-recommend', rule: creator }] },
    },
  })
  // From the end, so that the places before stay where they are; rules may find the same secret.
  const found = uniteRanges(messages.map(({ range: [from, to] }) => ({ from, to }))).toReversed()
  return found.reduce((masked, { from, to }) => masked.slice(0, from) + MASK + masked.slice(to), typed)
}

/** The same document with every text in it masked. */
export async function maskDeep(document: unknown): Promise<unknown> {
  if (typeof document === 'string') return maskSecrets(document)
  if (Array.isArray(document)) return Promise.all(document.map(maskDeep))
  if (typeof document !== 'object' || document === null) return document
  const entries = Object.entries(document).map(async ([key, value]) => [key, await maskDeep(value)] as const)
  return Object.fromEntries(await Promise.all(entries))
}

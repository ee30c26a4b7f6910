import { maskSecrets } from './masking.ts'

/** Less than what is masked as one text. */
const CHUNK = 10_000

/**
 * Masks many short texts, each by itself, without looking at each through all rules: they are looked at together, and what has a
 * secret is halved until it is one.
 *
 * @returns those that held a secret, with what they are without it; nothing when there are more than `most`
 */
export async function maskTexts(
  texts: readonly string[],
  most: number,
): Promise<ReadonlyMap<string, string> | undefined> {
  const found = new Map<string, string>()
  for (const chunk of chunksOf(texts)) if (!(await findSecrets(chunk, found, most))) return undefined
  return found
}

function chunksOf(texts: readonly string[]): readonly (readonly string[])[] {
  const chunks: string[][] = []
  let length = Number.POSITIVE_INFINITY
  for (const text of texts) {
    length += text.length + 1
    if (length > CHUNK) {
      chunks.push([])
      length = text.length + 1
    }
    chunks.at(-1)?.push(text)
  }
  return chunks
}

/** @returns whether there were not too many */
async function findSecrets(texts: readonly string[], found: Map<string, string>, most: number): Promise<boolean> {
  if (found.size > most) return false
  const [first] = texts
  if (first === undefined) return true
  const text = texts.join('\n')
  const masked = await maskSecrets(text)
  if (masked === text) return true
  if (texts.length === 1) {
    found.set(first, masked)
    return true
  }
  const half = Math.ceil(texts.length / 2)
  return (await findSecrets(texts.slice(0, half), found, most)) && findSecrets(texts.slice(half), found, most)
}

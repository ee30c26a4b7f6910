/** The most frequent of endlessly many texts, in bounded memory. */
export type Frequent = {
  add(text: string): void
  /** The most frequent first. The true count is `atLeast`, or more where others were seen in between. */
  list(): readonly { readonly text: string; readonly atLeast: number }[]
}

/**
 * Counts by the method of Misra and Gries: when there is no room for a new text, all counts shrink by one and those at
 * zero make room. So no count is ever above the truth, and a text that is more than one in `size + 1` of all is there,
 * however many others a scanner makes up.
 */
export function createFrequent(size: number): Frequent {
  const counts = new Map<string, number>()
  return {
    add(text) {
      const count = counts.get(text)
      if (count !== undefined) counts.set(text, count + 1)
      else if (counts.size < size) counts.set(text, 1)
      else shrink(counts)
    },
    list: () => [...counts].map(([text, atLeast]) => ({ text, atLeast })).sort((a, b) => b.atLeast - a.atLeast),
  }
}

function shrink(counts: Map<string, number>): void {
  for (const [text, count] of counts) {
    if (count === 1) counts.delete(text)
    else counts.set(text, count - 1)
  }
}

import type { Catalogue } from '../words/catalogue.ts'

/** Whole minutes, begun ones counted: `38 min`, `1 h 11 min`. */
export function durationText(words: Catalogue, ms: number): string {
  const minutes = Math.ceil(ms / 60_000)
  return words.duration(Math.floor(minutes / 60), minutes % 60)
}

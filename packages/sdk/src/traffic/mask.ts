const MOST_SEGMENTS = 8
const LONGEST_WORD = 32

/** A word that a programmer wrote: letters, with signs between them, or a version such as `v2`. */
const WORD = /^(?:[a-z]+(?:[._-][a-z]+)*|v\d{1,2})$/i

/**
 * A path with everything taken out that may be somebody's: each segment that is not plainly a word becomes `:id`, so a
 * number, a key, an address or a name with an accent is never kept. A name in plain letters looks like a word.
 *
 * @param path without the query; at most eight segments of it are kept
 */
export function maskPath(path: string): string {
  const segments = path.split('/', MOST_SEGMENTS + 2).slice(1)
  const kept = segments.slice(0, MOST_SEGMENTS).map(maskSegment)
  return `/${kept.join('/')}${segments.length > MOST_SEGMENTS ? '/…' : ''}`
}

function maskSegment(segment: string): string {
  return segment === '' || (segment.length <= LONGEST_WORD && WORD.test(segment)) ? segment : ':id'
}

/**
 * The one text of a JSON document: keys in the order of their code units, no white space, nothing for what is undefined. Two
 * programs that hold the same facts write the same bytes, so a hash of them can be compared.
 */
export function canonicalJson(document: unknown): string {
  return JSON.stringify(document, (_, value: unknown) => (isPlain(value) ? sorted(value) : value))
}

const isPlain = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function sorted(value: object): object {
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
}

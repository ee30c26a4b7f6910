const SLOT = /\$\{([A-Za-z][A-Za-z0-9_-]{0,62})\}/g

/** The names that a text asks for, as `${name}`. */
export function namesIn(text: string): readonly string[] {
  return [...text.matchAll(SLOT)].map(([, name = '']) => name)
}

/** Values by name; a name that is not there stays as it was written, and the check of the plan rules that out. */
export type Values = ReadonlyMap<string, string>

/** Fills a text. @param encode how a value is written in its place */
export function fill(text: string, values: Values, encode: (value: string) => string = (value) => value): string {
  return text.replace(SLOT, (whole, name: string) => {
    const value = values.get(name)
    return value === undefined ? whole : encode(value)
  })
}

/** Fills every text inside a document; what is filled in stays a text, so that it cannot add keys or end a string. */
export function fillDocument(value: unknown, values: Values): unknown {
  if (typeof value === 'string') return fill(value, values)
  if (Array.isArray(value)) return value.map((each) => fillDocument(each, values))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, fillDocument(each, values)]))
}

/** Every text inside a document, with those in lists and objects. */
export function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : []
}

/** Pure, and part of every JavaScript that runs this; core has no types of Node or the DOM. */
declare const URL: { new (text: string): { readonly origin: string; readonly href: string } }

/** Empty, a step upwards, or half a character, which no address can hold. */
const NO_PIECE = /^\.{0,2}$|[\uD800-\uDFFF]/u

/**
 * Fills an address. A value stands for one piece of it: it is encoded, so that it opens no path, query or fragment.
 *
 * @returns undefined when a value would lead elsewhere in spite of that: to another origin, or up, as `..` does
 */
export function fillAddress(url: string, values: Values): string | undefined {
  const asked = namesIn(url).map((name) => values.get(name) ?? '')
  if (asked.some((value) => NO_PIECE.test(value))) return undefined
  const filled = new URL(fill(url, values, encodeURIComponent))
  return filled.origin === new URL(fill(url, new Map())).origin ? filled.href : undefined
}

/** A part of a path that says nothing about what is done: a version, or nothing. */
const EMPTY = /^(?:v\d+|api|)$/i

/**
 * A name for a step, made of its route: `PUT /v1/measurements/:id/photo` → `put-photo`, `GET /v1/scans/:id` →
 * `get-scans-id`. People rename it; it only has to be readable, and no name of the journey yet.
 */
export function proposeName(method: string, path: string, taken: ReadonlySet<string>): string {
  const segments = path.split('/').filter((segment) => !EMPTY.test(segment))
  const noun = segments.findLast((segment) => !segment.startsWith(':'))
  const last = segments.at(-1)
  const words = [method, noun, last === noun ? undefined : last].map((word) => slug(word ?? ''))
  const base = words
    .filter((word) => word !== '')
    .join('-')
    .slice(0, 56)
    .replace(/-+$/, '')
  for (let i = 2, name = base; ; i++) {
    if (!taken.has(name)) return name
    name = `${base}-${i}`
  }
}

function slug(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
}

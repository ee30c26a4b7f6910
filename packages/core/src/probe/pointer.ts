/**
 * The value at an RFC 6901 pointer such as `/items/0/id`; the empty pointer is the whole document.
 *
 * @returns undefined when there is none
 */
export function valueAtPointer(document: unknown, pointer: string): unknown {
  let value = document
  for (const part of pointer.split('/').slice(1)) {
    const key = part.replaceAll('~1', '/').replaceAll('~0', '~')
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined
    if (Array.isArray(value) && !/^(?:0|[1-9]\d*)$/.test(key)) return undefined
    value = (value as Record<string, unknown>)[key]
  }
  return value
}

/** Whether a text is a pointer. */
export function isPointer(text: string): boolean {
  return /^(?:\/(?:[^~/]|~[01])*)*$/.test(text)
}

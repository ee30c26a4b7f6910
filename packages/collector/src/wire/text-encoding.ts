export type Decoded =
  | { readonly ok: true; readonly text: string; readonly encoding: 'UTF-8' | 'UTF-16' | 'Shift_JIS' }
  | { readonly ok: false; readonly hint: string }

/**
 * The text of a file that a spreadsheet wrote. What is well-formed UTF-8 is UTF-8: Japanese in Shift_JIS is never that. Excel of a
 * Japanese Windows writes Shift_JIS where it says only "CSV".
 */
export function decodeText(bytes: Uint8Array): Decoded {
  const wide =
    bytes[0] === 0xff && bytes[1] === 0xfe
      ? 'utf-16le'
      : bytes[0] === 0xfe && bytes[1] === 0xff
        ? 'utf-16be'
        : undefined
  const found = wide === undefined ? (['utf-8', 'shift_jis'] as const) : ([wide] as const)
  for (const label of found) {
    const text = decodeBy(label, bytes)
    if (text !== undefined) return { ok: true, text, encoding: NAMES[label] }
  }
  return { ok: false, hint: 'save it as "CSV UTF-8 (comma delimited)"' }
}

const NAMES = { 'utf-8': 'UTF-8', 'utf-16le': 'UTF-16', 'utf-16be': 'UTF-16', shift_jis: 'Shift_JIS' } as const

/** Nothing when it is not written so, or when this Node was built without the tables of that encoding. */
function decodeBy(label: keyof typeof NAMES, bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder(label, { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

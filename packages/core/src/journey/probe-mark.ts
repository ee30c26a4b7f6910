/** The header by which a request says that it is a probe's and no customer's. */
export const PROBE_HEADER = 'tabiji-probe'

/** Stands before what is sealed, so that no seal of another protocol with the same key is one of a probe. */
export const PROBE_PURPOSE = 'tabiji probe v1\n'

/** Bytes of the HMAC-SHA-256 that are sent: as hard to guess as the key is to find, and short enough for a header. */
export const PROBE_SEAL_BYTES = 16

/** How far the sealing clock may be off, and how long a header may be used again, in seconds. */
export const PROBE_SEALED_SECONDS = 300

const FORM = /^([A-Za-z0-9][A-Za-z0-9._-]{0,62};t=([0-9a-z]{1,8}));s=([\w-]{22})$/

/**
 * What a probe says of itself, without the seal.
 *
 * @param name of the probe: letters, digits, dots, hyphens and underscores, at most 63
 * @param at seconds since the Unix epoch
 */
export function probeText(name: string, at: number): string {
  return `${name};t=${at.toString(36)}`
}

/** The header's value. @param seal 22 characters of base64url, over {@link PROBE_PURPOSE} and the text */
export function probeHeader(text: string, seal: string): string {
  return `${text};s=${seal}`
}

/**
 * Reads a header that anybody may have written. Nothing of it is believed before its seal was checked.
 *
 * @returns the sealed text, when it was sealed (seconds), and the seal; undefined for any other form
 */
export function readProbeHeader(
  header: string,
): { readonly text: string; readonly at: number; readonly seal: string } | undefined {
  const [, text, time, seal] = FORM.exec(header) ?? []
  if (text === undefined || time === undefined || seal === undefined) return undefined
  return { text, at: Number.parseInt(time, 36), seal }
}

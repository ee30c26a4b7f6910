/** A greyscale picture; 0 is black, 255 is white. Pixels run in rows from the top left. */
export type Picture = {
  readonly width: number
  readonly height: number
  readonly pixels: Uint8Array
  /** The side of one pixel on the paper that the foot stands on. */
  readonly mmPerPixel: number
}

/** The scale travels in a comment, because the format has no field for it. */
const SCALE = /^# mm-per-pixel (\d+(?:\.\d+)?)$/m
const HEADER = /^P5\s+(?:#[^\n]*\s+)*(\d{1,5})\s+(\d{1,5})\s+255\s/
/** A header with its comments is shorter than this, and only this much is read as text. */
const LONGEST_HEADER = 512
const LARGEST_PIXELS = 4_000_000

/** Writes a binary PGM, as described in the manual page pgm(5) of Netpbm. */
export function writePgm({ width, height, pixels, mmPerPixel }: Picture): Uint8Array {
  const header = new TextEncoder().encode(`P5\n# mm-per-pixel ${mmPerPixel}\n${width} ${height}\n255\n`)
  const file = new Uint8Array(header.length + pixels.length)
  file.set(header)
  file.set(pixels, header.length)
  return file
}

/** @returns undefined when the bytes are no whole 8-bit binary PGM with a scale. */
export function readPgm(file: Uint8Array): Picture | undefined {
  const text = new TextDecoder('latin1').decode(file.subarray(0, LONGEST_HEADER))
  const header = HEADER.exec(text)
  if (header === null) return undefined
  const width = Number(header[1])
  const height = Number(header[2])
  const mmPerPixel = Number(SCALE.exec(header[0])?.[1])
  const pixels = file.subarray(header[0].length)
  const size = width * height
  if (!(mmPerPixel > 0) || size === 0 || size > LARGEST_PIXELS || pixels.length !== size) return undefined
  return { width, height, pixels, mmPerPixel }
}

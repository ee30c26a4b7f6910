const MARK = '…'

/**
 * Cuts a text so that it counts at most `max`, visibly, and never inside a code point: half an emoji is an error at most
 * receivers, and one block that is too long loses the whole message.
 *
 * @param sizeOf what one code point counts; by default 1. A receiver that counts the escaped form passes its size.
 */
export function clip(text: string, max: number, sizeOf: (point: string) => number = () => 1): string {
  let size = 0
  let kept = 0
  let keptWithMark = 0
  for (const point of text) {
    size += sizeOf(point)
    if (size > max) return text.slice(0, keptWithMark) + MARK
    kept += point.length
    if (size <= max - sizeOf(MARK)) keptWithMark = kept
  }
  return text
}

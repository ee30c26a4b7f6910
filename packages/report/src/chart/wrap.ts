/** Text broken into lines that each fit a number of ems. */
export type Wrapped = { readonly lines: readonly string[]; readonly shortened: boolean }

/** Characters that may not begin a line (JIS X 4051): closing brackets, full stops, small kana, the long vowel mark. */
const NOT_FIRST =
  /^[、。，．・：；！？!?,.:;)）\]］}｝〕〉》」』】’”…‥ー～゛゜ヽヾゝゞ々ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ%％‰℃]/u
/** Characters that may not end one: opening brackets. */
const NOT_LAST = /[(（[［{｛〔〈《「『【‘“]$/u

/** How wide a text is at most, in ems: full-width characters are one, Latin letters by how wide fonts draw them. */
export function emsOf(text: string): number {
  return [...text].reduce((sum, character) => sum + emOf(character), 0)
}

/** Holds pictures together and has no width. */
const JOINER = 0x200d

function emOf(character: string): number {
  const point = character.codePointAt(0) ?? 0
  if (point === JOINER || /\p{Mn}|\p{Me}/u.test(character)) return 0
  if (point >= 0x250 && !(point >= 0x2010 && point <= 0x2027)) return 1
  if (/[mwMW@%—…]/.test(character)) return 0.98
  if (/[iljtfrI.,:;'!|()[\] -]/.test(character)) return 0.42
  return /[A-Z&#$]/.test(character) ? 0.77 : 0.64
}

/**
 * Breaks a text into at most `most` lines of at most `ems`, where a reader would: between words, in Japanese between phrases
 * of a dictionary, never inside a Latin word and never before a mark that may not begin a line. What does not fit ends in "…".
 */
export function wrap(text: string, ems: number, most: number): Wrapped {
  const wrapped = fill(piecesOf(text, ems), ems, most)
  return wrapped.shortened || !isLonely(wrapped) ? wrapped : evened(text, ems, wrapped)
}

/** A last line of two characters looks as if it had been torn off: なかっ / た. */
function isLonely({ lines }: Wrapped): boolean {
  return lines.length > 1 && emsOf(lines.at(-1) ?? '') <= 2
}

/** As many lines, a little narrower: the last one gets what the others can spare. */
function evened(text: string, ems: number, wrapped: Wrapped): Wrapped {
  for (let narrower = ems - 0.5; narrower > ems / 2; narrower -= 0.5) {
    const tried = fill(piecesOf(text, narrower), narrower, wrapped.lines.length)
    if (!tried.shortened && !isLonely(tried)) return tried
  }
  return wrapped
}

function fill(pieces: readonly string[], ems: number, most: number): Wrapped {
  const lines: string[] = []
  let line = ''
  for (const piece of pieces) {
    if (emsOf(`${line}${piece}`.trimEnd()) <= ems) {
      line += piece
      continue
    }
    if (line.trim() !== '') lines.push(line.trim())
    line = piece.trimStart()
    if (emsOf(line.trimEnd()) <= ems) continue
    // No break in it is allowed: it is cut short, and the list beside the picture has it whole.
    lines.push(cut(line, ems))
    line = ''
  }
  if (line.trim() !== '') lines.push(line.trim())
  if (lines.length <= most) return { lines, shortened: lines.some((each) => each.endsWith('…')) }
  const last = lines[most - 1] ?? ''
  return { lines: [...lines.slice(0, most - 1), cut(`${last}…`, ems)], shortened: true }
}

function cut(text: string, ems: number): string {
  const characters = [...new Intl.Segmenter('ja', { granularity: 'grapheme' }).segment(text.trim().replace(/…$/, ''))]
  let kept = ''
  for (const { segment } of characters) {
    if (emsOf(`${kept}${segment}…`) > ems) break
    kept += segment
  }
  return `${kept}…`
}

/** Pieces between which a line may break. A space belongs to the piece before it. */
function piecesOf(text: string, ems: number): readonly string[] {
  const segments = [...new Intl.Segmenter('ja', { granularity: 'word' }).segment(text)].map(({ segment }) => segment)
  const pieces: string[] = []
  for (const segment of segments) {
    const before = pieces.at(-1)
    if (before !== undefined && (mustStay(before, segment) || shouldStay(before, segment, ems)))
      pieces[pieces.length - 1] = before + segment
    else pieces.push(segment)
  }
  return pieces
}

function mustStay(before: string, next: string): boolean {
  if (/^\s/.test(next) || NOT_FIRST.test(next) || NOT_LAST.test(before)) return true
  // `back-off`, `payments@8c1f2e`, `/v1/scans`: one word of Latin letters, digits and signs.
  return /[\u0021-\u024f]$/.test(before) && /^[\u0021-\u024f]/.test(next)
}

/** What reads badly when it is torn, but may be when it is longer than a line: カタカナ, a number and what it counts, a particle. */
function shouldStay(before: string, next: string, ems: number): boolean {
  const joined =
    (/[ァ-ヶー]$/u.test(before) && /^[ァ-ヶー]/u.test(next)) ||
    (/\d\s?$/.test(before) && /^\p{Script=Han}/u.test(next)) ||
    (/[^\s、。]$/u.test(before) && /^[ぁ-ん]{1,3}$/u.test(next))
  return joined && emsOf(before + next) <= ems
}

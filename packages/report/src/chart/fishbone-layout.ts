import type { Bone, Fishbone } from '@tabiji/core/postmortem'
import { emsOf, wrap } from './wrap.ts'

export type Box = { readonly x: number; readonly y: number; readonly width: number; readonly height: number }
/** A piece of text in a box that nothing else touches. */
export type TextBox = Box & {
  readonly kind: 'effect' | 'bone' | 'cause' | 'more'
  readonly lines: readonly string[]
  /** The whole text, where `lines` has not all of it. */
  readonly whole?: string
  readonly fix?: string
}
export type Line = {
  readonly kind: 'spine' | 'bone' | 'twig'
  readonly x1: number
  readonly y1: number
  readonly x2: number
  readonly y2: number
}
export type FishboneLayout = {
  readonly width: number
  readonly height: number
  readonly boxes: readonly TextBox[]
  readonly lines: readonly Line[]
}

/** Twelve full-width characters a line, as a label is read at one glance. */
const EMS = 12
/** Causes that a bone shows; the list has the others. */
const MOST_CAUSES = 4
const FONT = 13
const LEADING = 18
const GAP = 8
const MARGIN = 12
/** How far a bone leans, per pixel of its height. */
const LEAN = 0.24
const TEXT = Math.ceil(EMS * FONT)
/** From one bone to the next: a text, its distances, and what a bone leans over the height of the tallest text. */
const STRIDE = TEXT + 3 * GAP + Math.ceil(LEAN * 5 * LEADING)

type Placed = { readonly boxes: readonly TextBox[]; readonly lines: readonly Line[] }
type Column = { readonly bone: Bone; readonly title: string; readonly texts: readonly Text[]; readonly height: number }
type Text = Pick<TextBox, 'kind' | 'lines' | 'whole' | 'fix'> & { readonly height: number }
/** One spine with its bones, above and below it. */
type Deck = { readonly top: readonly Column[]; readonly bottom: readonly Column[] }

/**
 * Places a fishbone so that no two texts overlap and all lie inside. Bones stand above and below a spine in turn; what is wider
 * than the width goes to a further spine, and all of them lead to the effect.
 *
 * @param width pixels to keep to, where one pair of bones and the effect fit into it
 * @param titleOf how a bone is called
 */
export function layFishbone(fishbone: Fishbone, width: number, titleOf: (name: string) => string): FishboneLayout {
  const columns = fishbone.bones.map((bone) => columnOf(bone, titleOf(bone.name)))
  const effect = textOf('effect', fishbone.effect, 6)
  const tallest = Math.max(LEADING, ...columns.map(({ height }) => height))
  const head = Math.ceil(LEAN * tallest)
  const room = width - 2 * MARGIN - TEXT - 4 * GAP - head
  const pairs = Math.max(1, Math.floor(room / STRIDE))
  const decks = decksOf(columns, pairs)
  const most = Math.max(1, ...decks.map(({ top }) => top.length))
  const trunk = MARGIN + head + most * STRIDE + 2 * GAP
  let y = MARGIN
  const placed: Placed[] = []
  const spines: number[] = []
  for (const { top, bottom } of decks) {
    const [above, below] = [heightOf(top), heightOf(bottom)]
    const spine = y + above
    const joint = (i: number, of: readonly Column[]) => trunk - 2 * GAP - (of.length - 1 - i) * STRIDE
    placed.push(...top.map((column, i) => placeColumn(column, joint(i, top), spine, -above)))
    placed.push(...bottom.map((column, i) => placeColumn(column, joint(i, top), spine, below)))
    spines.push(spine)
    y = spine + below + 2 * GAP
  }
  const middle = ((spines[0] ?? y) + (spines.at(-1) ?? y)) / 2
  const effectHeight = effect.height + 2 * GAP
  const height = Math.max(y - 2 * GAP + MARGIN, middle + effectHeight / 2 + MARGIN)
  const top = Math.max(MARGIN, middle - effectHeight / 2)
  const box: TextBox = { ...effect, x: trunk + 2 * GAP, y: top, width: TEXT + 2 * GAP, height: effectHeight }
  return {
    width: trunk + 4 * GAP + TEXT + MARGIN,
    height: Math.ceil(Math.max(height, top + effectHeight + MARGIN)),
    boxes: [...placed.flatMap(({ boxes }) => boxes), box],
    lines: [...placed.flatMap(({ lines }) => lines), ...spineLines(spines, trunk, top + effectHeight / 2)],
  }
}

function spineLines(spines: readonly number[], trunk: number, middle: number): readonly Line[] {
  const spine = (y: number): Line => ({ kind: 'spine', x1: MARGIN, y1: y, x2: trunk, y2: y })
  const [first, last] = [Math.min(middle, ...spines), Math.max(middle, ...spines)]
  const joins: Line[] = first === last ? [] : [{ kind: 'spine', x1: trunk, y1: first, x2: trunk, y2: last }]
  return [...spines.map(spine), ...joins, { kind: 'spine', x1: trunk, y1: middle, x2: trunk + 2 * GAP, y2: middle }]
}

function decksOf(columns: readonly Column[], pairs: number): readonly Deck[] {
  const decks: Deck[] = []
  for (let i = 0; i < columns.length; i += 2 * pairs) {
    const some = columns.slice(i, i + 2 * pairs)
    const half = Math.ceil(some.length / 2)
    decks.push({ top: some.slice(0, half), bottom: some.slice(half) })
  }
  return decks.length > 0 ? decks : [{ top: [], bottom: [] }]
}

function heightOf(columns: readonly Column[]): number {
  return columns.length === 0 ? LEADING : Math.max(...columns.map(({ height }) => height))
}

function columnOf(bone: Bone, title: string): Column {
  const shown = bone.causes.slice(0, MOST_CAUSES).map(({ text, fix }) => textOf('cause', text, 3, fix))
  const more = bone.causes.length - shown.length
  const texts = more > 0 ? [...shown, textOf('more', `+${more}`, 1)] : shown
  const height = titleHeight(title) + GAP + texts.reduce((sum, text) => sum + text.height + GAP, GAP)
  return { bone, title, texts, height: Math.max(height, 4 * LEADING) }
}

function textOf(kind: TextBox['kind'], text: string, most: number, fix?: string): Text {
  const { lines, shortened } = wrap(text, EMS, most)
  const rows = lines.length + (fix === undefined ? 0 : 1)
  const extra = { ...(shortened && { whole: text }), ...(fix !== undefined && { fix }) }
  return { kind, lines, height: rows * LEADING + 4, ...extra }
}

const titleLines = (title: string) => wrap(title, EMS - 1, 2)
const titleHeight = (title: string) => titleLines(title).lines.length * LEADING + GAP

/** Places a bone that ends at (joint, spine) and reaches `reach` pixels down from it, or up when negative. */
function placeColumn({ title, texts }: Column, joint: number, spine: number, reach: number): Placed {
  const above = reach < 0
  const end = spine + reach
  // The bone's x at a height: it leans away from the effect.
  const at = (y: number) => joint - LEAN * Math.abs(spine - y)
  const { lines: titles, shortened } = titleLines(title)
  const height = titleHeight(title)
  const wide = Math.ceil(Math.max(1, ...titles.map(emsOf)) * FONT + 2 * GAP)
  const edge = above ? end + height : end - height
  const head: TextBox = {
    kind: 'bone',
    lines: titles,
    x: at(edge) - wide + GAP,
    y: above ? end : edge,
    width: wide,
    height,
    ...(shortened && { whole: title }),
  }
  const boxes: TextBox[] = [head]
  const lines: Line[] = [{ kind: 'bone', x1: at(edge), y1: edge, x2: joint, y2: spine }]
  let y = above ? edge + GAP : spine + GAP
  for (const text of texts) {
    const bottom = y + text.height
    const right = Math.min(at(y), at(bottom)) - GAP
    boxes.push({ ...text, x: right - TEXT, y, width: TEXT })
    if (text.kind === 'cause') lines.push({ kind: 'twig', x1: right - TEXT, y1: bottom, x2: at(bottom), y2: bottom })
    y = bottom + GAP
  }
  return { boxes, lines }
}

import { boneTitle, type Fishbone, type PostmortemLanguage } from '@tabiji/core/postmortem'
import { html, type Markup, NOTHING } from '../format/markup.ts'
import { type FishboneLayout, type Line, layFishbone, type TextBox } from './fishbone-layout.ts'

const WORDS = {
  en: {
    title: (effect: string) => `Causes of: ${effect}`,
    described: (bones: string) => `Fishbone diagram. ${bones}`,
    bone: (title: string, causes: readonly string[]) =>
      `${title}: ${causes.length === 0 ? 'none' : causes.join('; ')}.`,
    joint: ' ',
  },
  ja: {
    title: (effect: string) => `要因：${effect}`,
    described: (bones: string) => `特性要因図。${bones}`,
    bone: (title: string, causes: readonly string[]) =>
      `${title}：${causes.length === 0 ? 'なし' : causes.join('、')}。`,
    joint: '',
  },
} as const satisfies Record<PostmortemLanguage, object>

const FONT = 13
const LEADING = 18

/** Colours by custom properties, so that a page may set its own; system fonts, because nothing is fetched. */
export const FISHBONE_STYLE = `
.tabiji-fishbone { --fb-page: #fff; --fb-text: #1a1f26; --fb-faint: #57606c; --fb-line: #8c96a3; --fb-bone: #0b5c94; --fb-card: #eef4f9; --fb-effect: #fdecea; --fb-edge: #9b2410;
  font: ${FONT}px system-ui, "Hiragino Sans", "Noto Sans JP", "Noto Sans CJK JP", "Yu Gothic UI", Meiryo, sans-serif; }
@media (prefers-color-scheme: dark) {
  .tabiji-fishbone { --fb-page: #0f1419; --fb-text: #e6eaf0; --fb-faint: #a3adb9; --fb-line: #66727f; --fb-bone: #6cb6ff; --fb-card: #182734; --fb-effect: #35191a; --fb-edge: #f08a6c; }
}
.tabiji-fishbone .page { fill: var(--fb-page); }
.tabiji-fishbone text { fill: var(--fb-text); }
.tabiji-fishbone .bone text, .tabiji-fishbone .effect text { font-weight: 600; }
.tabiji-fishbone .more text, .tabiji-fishbone .fix { fill: var(--fb-faint); }
.tabiji-fishbone .bone rect { fill: var(--fb-card); stroke: var(--fb-bone); }
.tabiji-fishbone .effect rect { fill: var(--fb-effect); stroke: var(--fb-edge); stroke-width: 1.5; }
.tabiji-fishbone line { stroke: var(--fb-line); stroke-linecap: round; }
.tabiji-fishbone line.spine { stroke: var(--fb-text); stroke-width: 2.5; }
.tabiji-fishbone line.bone { stroke: var(--fb-bone); stroke-width: 1.75; }
@media print { .tabiji-fishbone .page { fill: none; } }
`

export type FishboneOptions = {
  readonly language: PostmortemLanguage
  /** Pixels to keep to; more bones than fit beside each other go below. Default: 960. */
  readonly width?: number
}

/**
 * Draws a fishbone as one self-contained SVG: no script, nothing fetched, every text escaped, light and dark. Its title and
 * description tell a screen reader all of it.
 */
export function fishboneSvg(fishbone: Fishbone, options: FishboneOptions): string {
  return `${drawFishbone(fishbone, options, html`<style>${{ markup: FISHBONE_STYLE }}</style>\n`).markup}\n`
}

/** The same as a part of a page, which has {@link FISHBONE_STYLE} in its own style. */
export function drawFishbone(
  fishbone: Fishbone,
  { language, width = 960 }: FishboneOptions,
  style: Markup = NOTHING,
): Markup {
  const titleOf = (name: string) => boneTitle(name, language)
  const layout = layFishbone(clean(fishbone), width, (name) => xmlText(titleOf(name)))
  const words = WORDS[language]
  const bones = fishbone.bones.map(({ name, causes }) =>
    words.bone(
      titleOf(name),
      causes.map(({ text }) => text),
    ),
  )
  return html`<svg xmlns="http://www.w3.org/2000/svg" class="tabiji-fishbone" lang="${language}" role="img" aria-labelledby="fb-title fb-desc" viewBox="0 0 ${layout.width} ${layout.height}" width="${layout.width}" height="${layout.height}">
<title id="fb-title">${xmlText(words.title(fishbone.effect))}</title>
<desc id="fb-desc">${xmlText(words.described(bones.join(words.joint)))}</desc>
${style}<rect class="page" width="${layout.width}" height="${layout.height}"/>
${drawn(layout)}
</svg>`
}

function drawn({ lines, boxes }: FishboneLayout): readonly Markup[] {
  return [...lines.map(lineMarkup), ...boxes.map(boxMarkup)]
}

function lineMarkup({ kind, x1, y1, x2, y2 }: Line): Markup {
  return html`<line class="${kind}" x1="${round(x1)}" y1="${round(y1)}" x2="${round(x2)}" y2="${round(y2)}"/>
`
}

function boxMarkup(box: TextBox): Markup {
  const { kind, lines, whole, fix, width, height } = box
  const framed = kind === 'bone' || kind === 'effect'
  const [x, y] = [round(box.x), round(box.y)]
  const frame = framed ? [html`<rect x="${x}" y="${y}" width="${round(width)}" height="${round(height)}" rx="4"/>`] : []
  const block = lines.length * LEADING
  const first = y + (framed ? (height - block) / 2 : 0) + FONT + 1
  const left = framed ? x + width / 2 : kind === 'more' ? x + width : x
  const anchor = framed ? 'middle' : kind === 'more' ? 'end' : 'start'
  const texts = [...lines, ...(fix === undefined ? [] : [fix])].map((line, i) => {
    const style = i === lines.length ? 'fix' : 'words'
    return html`<text class="${style}" x="${round(left)}" y="${round(first + i * LEADING)}" text-anchor="${anchor}">${line}</text>`
  })
  return html`<g class="${kind}">${whole === undefined ? [] : [html`<title>${whole}</title>`]}${frame}${texts}</g>
`
}

function clean({ effect, bones }: Fishbone): Fishbone {
  return {
    effect: xmlText(effect),
    bones: bones.map(({ name, causes }) => ({
      name,
      causes: causes.map((cause) => ({ ...cause, text: xmlText(cause.text) })),
    })),
  }
}

/** XML has no place for half a character or for these two. */
function xmlText(text: string): string {
  return text.replace(/[\p{Cc}\p{Cs}\ufffe\uffff\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, ' ').trim()
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}

import { drawChart } from '../chart/draw.ts'
import { drawTileDots } from '../chart/tile-dots.ts'
import { type Block, type Cell, type Document, GAP, MARK, type Segment, type Tile } from '../document/block.ts'
import { dataOf, html, type Markup, NOTHING } from './markup.ts'
import { proseOf } from './prose.ts'
import { STYLE } from './style.ts'

type Table = Extract<Block, { type: 'table' }>
type Heading = Extract<Block, { type: 'heading' }>
type ChartBlock = Extract<Block, { type: 'chart' }>

/** The id of the element that carries the facts. */
const FACTS_ID = 'month-facts'

/**
 * Renders a report as one HTML file: no script, nothing fetched (the page's own policy forbids both), readable on a phone,
 * in the dark and on paper. It carries the facts that it was rendered from as a data block, so that a page found years
 * later can be checked and rendered again.
 */
export function htmlOf(document: Document, facts: unknown): string {
  const { language, title, banner, draft, lines } = document
  const page = html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${title}</title>
<style>${STYLE}</style>
</head>
<body>
${PATTERNS}
${banner === undefined ? NOTHING : html`<p class="banner">${banner}</p>\n`}<header>
<h1>${title}</h1>
${lines.map((line, i) => html`<p class="${draft && i === 0 ? 'meta draft' : 'meta'}">${line}</p>\n`)}</header>
${contentsOf(document)}<main>
${sectionsOf(document)}</main>
${footerOf(document)}<script type="application/json" id="${FACTS_ID}">${dataOf(facts)}</script>
</body>
</html>
`
  return page.markup
}

function footerOf({ footer }: Document): Markup {
  if (footer.length === 0) return NOTHING
  return html`<footer>\n${footer.map((line) => html`<p class="meta">${line}</p>\n`)}</footer>\n`
}

/** Links to the sections. */
function contentsOf({ blocks, contents }: Document): Markup {
  const links = blocks.flatMap((block) =>
    block.type === 'heading' && block.level === 2
      ? [html`<li><a href="#${block.anchor}">${block.text}</a></li>\n`]
      : [],
  )
  return html`<nav aria-label="${contents}">\n<ul>\n${links}</ul>\n</nav>\n`
}

/** A section for each heading of the second level, an article for each of the third. */
export function sectionsOf({ blocks, language }: Pick<Document, 'blocks' | 'language'>): Markup[] {
  return split(blocks, 2).map((section) => {
    const parts = split(section, 3).map((part) => {
      const content = part.map((block) => renderBlock(block, part, language))
      return part[0]?.type === 'heading' && part[0].level === 3
        ? html`<article>\n${content}</article>\n`
        : html`${content}`
    })
    return html`<section>\n${parts}</section>\n`
  })
}

/** Cuts a row of blocks before every heading of the level. */
function split(blocks: readonly Block[], level: Heading['level']): Block[][] {
  const parts: Block[][] = []
  for (const block of blocks) {
    const begins = block.type === 'heading' && block.level === level
    const open = parts.at(-1)
    if (begins || open === undefined) parts.push([block])
    else open.push(block)
  }
  return parts
}

function renderBlock(block: Block, part: readonly Block[], language: Document['language']): Markup {
  switch (block.type) {
    case 'heading':
      return renderHeading(block)
    case 'paragraph':
      return html`<p>${proseOf(block.sentences, language)}</p>\n`
    case 'tiles':
      return html`<div class="tiles">\n${block.tiles.map(renderTile)}</div>\n`
    case 'table':
      return block.unfold === undefined
        ? renderTable(block, part[0]?.type === 'heading' && part[0].text === block.caption)
        : renderFolded(block, block.unfold)
    case 'chart':
      return renderChart(block)
    case 'terms': {
      const entries = block.entries.map(({ term, text }) => html`<dt>${term}</dt><dd>${text}</dd>\n`)
      return html`<dl>\n${entries}</dl>\n`
    }
  }
}

function renderChart({ caption, summary, chart, columns, rows, unfold }: ChartBlock): Markup {
  return html`<figure>
<figcaption>${caption}</figcaption>
${drawChart(chart, summary)}
${rows.length === 0 ? NOTHING : renderFolded({ caption, columns, rows }, unfold)}</figure>
`
}

function renderFolded({ caption, columns, rows }: Pick<Table, 'caption' | 'columns' | 'rows'>, unfold: string): Markup {
  return html`<details><summary>${unfold}</summary>
${renderFigures(caption, columns, rows)}</details>
`
}

/**
 * The figures behind a chart: few short columns, which fit a phone as they are, in as few signs as possible, because there is a
 * line for each day of each objective. HTML lets rows and cells end where the next begins, and finds the header of a row itself.
 */
function renderFigures(caption: string, columns: Table['columns'], rows: Table['rows']): Markup {
  const head = columns.map(({ label }) => html`<th scope="col">${label}</th>`)
  const body = rows.map((row) => {
    const cells = row.map(({ text }, i) => (i === 0 ? html`<th>${text}` : html`<td>${text}`))
    return html`<tr>${cells}\n`
  })
  return html`<table class="figures">
<caption class="hidden">${caption}</caption>
<thead><tr>${head}</tr></thead>
<tbody>
${body}</tbody>
</table>
`
}

function renderHeading({ level, text, anchor, state }: Heading): Markup {
  const mark =
    state === undefined ? NOTHING : html`<span class="mark ${state}" aria-hidden="true">${MARK[state]}</span> `
  const content = html`${mark}${text}`
  return level === 2 ? html`<h2 id="${anchor}">${content}</h2>\n` : html`<h3 id="${anchor}">${content}</h3>\n`
}

function renderTile({ label, figure, lines, second, dots }: Tile): Markup {
  const first = { figure, lines }
  const body =
    second === undefined
      ? renderFigure(first, dots)
      : html`<div class="pair">\n${[first, second].map((one) => html`<div>\n${renderFigure(one)}</div>\n`)}</div>\n`
  return html`<div class="tile">\n<h3>${label}</h3>\n${body}</div>\n`
}

function renderFigure({ figure, lines }: Pick<Tile, 'figure' | 'lines'>, dots: readonly number[] = []): Markup {
  const told = lines.map((line) => html`<p>${line}</p>\n`)
  const strip = dots.length === 0 ? NOTHING : html`${drawTileDots(dots)}\n`
  return html`<p class="figure">${figure}</p>\n<div>\n${strip}${told}</div>\n`
}

/** Up to so many columns a table that fills the page would tear its numbers apart. */
const NARROW_COLUMNS = 6

/** Beyond so many they are set smaller, so that sentences in one of them still find room. */
const DENSE_COLUMNS = 8

/** Up to so many rows a table stays on one sheet of paper. */
const BRIEF_ROWS = 15

/** The roles are stated because on a phone the style turns rows into cards, which would take the table's meaning away. */
function renderTable({ caption, columns, rows }: Table, saidAbove: boolean): Markup {
  const head = columns.map(
    ({ label, align }) =>
      html`<th role="columnheader" scope="col"${align === undefined ? NOTHING : html` class="${align}"`}>${label}</th>`,
  )
  const body = rows.map((row) => {
    const cells = columns.map((column, i) => renderCell(column, row[i] ?? { text: '' }))
    return html`<tr role="row">${cells}</tr>\n`
  })
  const wide = columns.length > DENSE_COLUMNS ? 'wide dense' : 'wide'
  const width = columns.length > NARROW_COLUMNS ? wide : 'narrow'
  return html`<table role="table" class="${rows.length > BRIEF_ROWS ? width : `${width} brief`}">
<caption class="${saidAbove ? 'hidden' : 'caption'}">${caption}</caption>
<thead role="rowgroup"><tr role="row">${head}</tr></thead>
<tbody role="rowgroup">
${body}</tbody>
</table>
`
}

/** A name such as `upload.latency` is not torn apart; a longer one may have to be. */
const ONE_WORD = /^[\x21-\x7e]{1,16}$/

function renderCell({ label, align, short, header }: Table['columns'][number], cell: Cell): Markup {
  if (cell.text === '' && cell.marks === undefined) {
    return html`<td role="cell" class="${align === undefined ? 'empty' : 'end empty'}"></td>`
  }
  const whole = short === true || cell.bar !== undefined || ONE_WORD.test(cell.text)
  const kind = align ?? (whole ? 'short' : undefined)
  const named = kind === undefined ? NOTHING : html` class="${kind}"`
  const text = renderText(cell)
  // On a phone the label stands beside one thing.
  const content = cell.bar === undefined ? text : html`<span>${renderBar(cell.bar)}${text}</span>`
  return header
    ? html`<th role="rowheader" scope="row"${named} data-label="${label}">${content}</th>`
    : html`<td role="cell"${named} data-label="${label}">${content}</td>`
}

function renderText({ text, state, anchor, marks }: Cell): Markup {
  if (marks !== undefined) return renderMarks(marks)
  if (state !== undefined) {
    return html`<span class="state"><span class="mark ${state}" aria-hidden="true">${MARK[state]}</span> ${text}</span>`
  }
  return anchor === undefined ? html`${text}` : html`<a href="#${anchor}">${text}</a>`
}

/** One image to a screen reader, which hears every month in words; who points at a month that was not healthy sees which it was. */
function renderMarks(marks: NonNullable<Cell['marks']>): Markup {
  const drawn = marks.map(({ state, text }) => {
    if (state === 'healthy') return html`<i>${MARK[state]}</i>`
    return state === undefined
      ? html`<b>${GAP}</b>`
      : html`<span class="mark ${state}" title="${text}">${MARK[state]}</span>`
  })
  return html`<span class="marks" role="img" aria-label="${marks.map(({ text }) => text).join(', ')}">${drawn}</span>`
}

/** The figure stands beside it, so a bar is decoration to a screen reader. */
function renderBar(bar: readonly Segment[]): Markup {
  let start = 0
  const pieces = bar.map(({ tone, ppm }) => {
    const piece = html`<rect class="${tone}" x="${start / 10_000}" width="${ppm / 10_000}" height="10"/>`
    start += ppm
    return piece
  })
  return html`<svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true"><rect class="track" width="100" height="10"/>${pieces}</svg>`
}

/** On paper without colour, states are told apart by what fills the bar: dots, lines, a grid. */
const PATTERNS = html`<svg class="hidden" width="0" height="0" aria-hidden="true"><defs>
<pattern id="print-watch" width="4" height="4" patternUnits="userSpaceOnUse"><circle cx="2" cy="2" r="1"/></pattern>
<pattern id="print-risk" width="4" height="4" patternUnits="userSpaceOnUse"><path d="M0 4L4 0" stroke="#000"/></pattern>
<pattern id="print-spent" width="4" height="4" patternUnits="userSpaceOnUse"><path d="M0 4L4 0M0 0L4 4" stroke="#000"/></pattern>
</defs></svg>`

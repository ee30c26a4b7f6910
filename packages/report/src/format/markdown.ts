import { type Block, type Cell, type Column, type Document, GAP, MARK, type Tile } from '../document/block.ts'
import { renderBar } from './bar.ts'
import { proseOf } from './prose.ts'
import { readable } from './visible.ts'

/** Renders a report as GitHub-flavoured Markdown, ending with a line break. Every text in it is escaped. */
export function markdownOf(document: Document): string {
  const head = [
    ...(document.banner === undefined ? [] : [`> **${escaped(document.banner)}**`]),
    `# ${escaped(document.title)}`,
    document.lines.map((line) => `- ${escaped(line)}`).join('\n'),
  ]
  let heading = ''
  const parts = document.blocks.map((block) => {
    if (block.type === 'heading') heading = block.text
    return renderBlock(block, heading, document.language)
  })
  const foot = document.footer.length === 0 ? [] : ['---', ...document.footer.map(escaped)]
  return `${[...head, ...parts, ...foot].join('\n\n')}\n`
}

function renderBlock(block: Block, heading: string, language: Document['language']): string {
  switch (block.type) {
    case 'heading': {
      const mark = block.state === undefined ? '' : `${MARK[block.state]} `
      return `${'#'.repeat(block.level)} ${mark}${escaped(block.text)}`
    }
    case 'paragraph':
      return atLineStart(escaped(proseOf(block.sentences, language)))
    case 'tiles':
      return renderTiles(block.tiles)
    case 'table': {
      if (block.unfold !== undefined) return renderFolded(block, block.unfold)
      const caption = block.caption === heading ? '' : `**${escaped(block.caption)}**\n\n`
      return caption + renderRows(block)
    }
    case 'chart':
      return renderChart(block)
    case 'terms':
      return block.entries.map(({ term, text }) => `- **${escaped(term)}**: ${escaped(text)}`).join('\n')
  }
}

/** GitHub draws no SVG that stands in the text, so the figures stand for the picture, folded away. */
function renderChart(chart: Extract<Block, { type: 'chart' }>): string {
  const { caption, summary, unfold } = chart
  const figures = chart.rows.length === 0 ? [] : [renderFolded(chart, unfold)]
  return [`**${escaped(caption)}**`, atLineStart(escaped(summary)), ...figures].join('\n\n')
}

function renderFolded(rows: Rows, unfold: string): string {
  return `<details><summary>${withoutTags(readable(unfold))}</summary>\n\n${renderRows(rows)}\n\n</details>`
}

type Rows = { readonly columns: readonly Column[]; readonly rows: readonly (readonly Cell[])[] }

function renderRows({ columns, rows }: Rows): string {
  return renderTable(
    columns,
    rows.map((row) => row.map(renderCell)),
  )
}

function renderTiles(tiles: readonly Tile[]): string {
  const columns = tiles.map(({ label }) => ({ label }))
  const cells = tiles.map(({ second, ...first }) =>
    [first, ...(second === undefined ? [] : [second])]
      .flatMap(({ figure, lines }) => [`**${escaped(figure)}**`, ...lines.map(escaped)])
      .join(' · '),
  )
  return renderTable(columns, [cells])
}

function renderTable(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  const rule = columns.map(({ align }) => (align === 'end' ? '---:' : '---'))
  return [line(columns.map(({ label }) => escaped(label))), line(rule), ...rows.map(line)].join('\n')
}

function renderCell({ text, state, bar, marks = [] }: Cell): string {
  if (marks.length > 0) return marks.map(({ state: one }) => (one === undefined ? GAP : MARK[one])).join('')
  const mark = state === undefined ? '' : `${MARK[state]} `
  return `${mark}${bar === undefined ? '' : `${renderBar(bar)} `}${escaped(text)}`
}

/**
 * Escapes what Markdown, or the HTML inside it, would read as markup; a pipe would end a table's cell. Addresses become no
 * links, and no mention in a pull request rings anybody: a backslash does not stop that, a joiner that nobody sees (U+2060)
 * does.
 */
function escaped(text: string): string {
  return withoutTags(readable(text))
    .replace(/[\\`*_~[\]|#$]|:(?=\/\/)|(?<=www)\./gi, (character) => `\\${character}`)
    .replace(/@(?=[\p{L}\p{N}])/gu, '@\u2060')
}

/** Enough where a line is HTML, in which a backslash would be seen. */
function withoutTags(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')
}

/** A paragraph that begins with a name such as `1. feet` or `- feet` is no list. */
function atLineStart(text: string): string {
  return text.replace(/^(\d+)([.)])/, '$1\\$2').replace(/^([-+=])/, '\\$1')
}

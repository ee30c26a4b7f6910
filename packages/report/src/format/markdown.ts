import { type Block, type Cell, type Column, type Document, MARK, type Tile } from '../document/block.ts'
import { renderBar } from './bar.ts'
import { visible } from './visible.ts'

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
    return renderBlock(block, heading, document.language === 'ja' ? '' : ' ')
  })
  const foot = document.footer.length === 0 ? [] : ['---', ...document.footer.map(escaped)]
  return `${[...head, ...parts, ...foot].join('\n\n')}\n`
}

function renderBlock(block: Block, heading: string, joint: string): string {
  switch (block.type) {
    case 'heading': {
      const mark = block.state === undefined ? '' : `${MARK[block.state]} `
      return `${'#'.repeat(block.level)} ${mark}${escaped(block.text)}`
    }
    case 'paragraph':
      return atLineStart(escaped(block.sentences.join(joint)))
    case 'tiles':
      return renderTiles(block.tiles)
    case 'table': {
      const caption = block.caption === heading ? '' : `**${escaped(block.caption)}**\n\n`
      return (
        caption +
        renderTable(
          block.columns,
          block.rows.map((row) => row.map(renderCell)),
        )
      )
    }
    case 'chart':
      return renderChart(block)
    case 'terms':
      return block.entries.map(({ term, text }) => `- **${escaped(term)}**: ${escaped(text)}`).join('\n')
  }
}

/** GitHub draws no SVG that stands in the text, so the figures stand for the picture, folded away. */
function renderChart({ caption, summary, columns, rows, unfold }: Extract<Block, { type: 'chart' }>): string {
  const table = renderTable(
    columns,
    rows.map((row) => row.map(renderCell)),
  )
  const folded = `<details><summary>${escaped(unfold)}</summary>\n\n${table}\n\n</details>`
  return [`**${escaped(caption)}**`, atLineStart(escaped(summary)), folded].join('\n\n')
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

function renderCell({ text, state, bar }: Cell): string {
  const mark = state === undefined ? '' : `${MARK[state]} `
  return `${mark}${bar === undefined ? '' : `${renderBar(bar)} `}${escaped(text)}`
}

/** Escapes what Markdown, or the HTML inside it, would read as markup; a pipe would end a table's cell. */
function escaped(text: string): string {
  return visible(text)
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/[\\`*_~[\]|#$]/g, (character) => `\\${character}`)
}

/** A paragraph that begins with a name such as `1. feet` or `- feet` is no list. */
function atLineStart(text: string): string {
  return text.replace(/^(\d+)([.)])/, '$1\\$2').replace(/^([-+=])/, '\\$1')
}

import { cellsOfRow, textOfMarkdown } from '../../../../packages/report/src/testing/read-back.ts'

export type Row = Readonly<Record<string, string>>

/** A table of a report, and what stands above it. */
export type Table = {
  /** The heading of the section, and of the part of it. */
  readonly section: string
  readonly part: string
  /** What the table is called; empty when it has no name of its own. */
  readonly caption: string
  readonly head: readonly string[]
  readonly rows: readonly Row[]
}

/** A sentence outside of tables, and the heading of the part that it stands in. */
export type Sentence = { readonly text: string; readonly part: string }

export type Page = { readonly tables: readonly Table[]; readonly prose: readonly Sentence[] }

/** Takes a Markdown report apart: its tables, and all lines that are in none. */
export function takeApart(markdown: string): Page {
  const tables: (Omit<Table, 'rows'> & { rows: Row[] })[] = []
  const prose: Sentence[] = []
  let [section, part, caption, isOpen] = ['', '', '', false]
  for (const line of markdown.split('\n')) {
    if (!line.startsWith('|')) {
      isOpen = false
      const text = textOfMarkdown(line)
      if (line.startsWith('## ')) [section, part, caption] = [text.replace(/^#+ /, ''), '', '']
      else if (line.startsWith('### ')) [part, caption] = [text.replace(/^#+ /, ''), '']
      else if (line.startsWith('**')) caption = text
      else if (line.startsWith('<details')) caption = nameIn(line, caption)
      if (line.startsWith('## ')) continue
      prose.push(...text.split(/(?<=\.) (?=[A-Z−\d(])/).map((sentence) => ({ text: sentence, part })))
    } else if (!isOpen) {
      isOpen = true
      tables.push({ section, part, caption, head: cellsOfRow(line), rows: [] })
    } else if (!/^\| *:?-/.test(line)) {
      const last = tables.at(-1)
      last?.rows.push(Object.fromEntries(cellsOfRow(line).map((cell, i) => [last.head[i] ?? '', cell])))
    }
  }
  return { tables, prose }
}

/** What is folded away has a name, unless it is the figures of what stands above it. */
function nameIn(line: string, caption: string): string {
  const [, name = ''] = line.match(/<summary>(.*)<\/summary>/) ?? []
  return name.includes(' of ') ? name : caption
}

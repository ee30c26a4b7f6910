export { readable, visible } from '../format/visible.ts'

/** What a person sees of a page: header and sections, without tags. The hidden data block and the style are no text. */
export function textOfHtml(page: string): string {
  const body = page.slice(page.indexOf('<body>'), page.indexOf('<script'))
  return body
    .replace(/<nav[\s\S]*?<\/nav>/g, '')
    .replace(/<svg class="chart"[^>]* aria-label="([^"]*)"[\s\S]*?<\/svg>/g, '$1 ')
    .replace(/<svg[\s\S]*?<\/svg>/g, '')
    .replace(/<caption class="hidden">[\s\S]*?<\/caption>/g, '')
    .replace(/<(td|th|tr)>/g, ' ')
    .replace(/<\/(td|th|p|h\d|dt|dd|caption|li)>/g, ' ')
    .replace(/<[^>]*>/g, '')
    .replace(/&(amp|lt|gt|quot|#39);/g, (entity) => ENTITIES[entity] ?? entity)
    .replace(/\u00a0/g, ' ')
}

/** What a person sees of rendered Markdown: without the signs that are markup, and with the escaped ones as themselves. */
export function textOfMarkdown(markdown: string): string {
  return markdown
    .split('\n')
    .map((line) =>
      line
        .replace(/^\| (---:? ?\|? ?|\| )+$/, '')
        .replace(/^(#+ |- |> )/, '')
        .replace(/(?<!\\)\|/g, ' ')
        .replace(/(?<!\\)\*\*/g, ''),
    )
    .join('\n')
    .replace(/&(amp|lt|gt);/g, (entity) => ENTITIES[entity] ?? entity)
    .replaceAll('\u2060', '')
    .replace(/\\([:\\`*_~[\]|#$.)+=-])/g, '$1')
}

/** The facts that a page carries. */
export function factsIn(page: string): unknown {
  const block = /<script type="application\/json" id="month-facts">([\s\S]*?)<\/script>/.exec(page)
  return JSON.parse(block?.[1] ?? '')
}

/** Every tag of a page, without the values of attributes. */
export function tagsOf(page: string): string[] {
  return page.match(/<[^>]*>/g)?.map((tag) => tag.replace(/"[^"]*"/g, '""')) ?? []
}

/** The cells of a row of a Markdown table, unescaped. */
export function cellsOfRow(line: string): string[] {
  return line
    .split(/(?<=(?:^|[^\\])(?:\\\\)*)\|/)
    .slice(1, -1)
    .map((cell) => textOfMarkdown(cell).trim())
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
}

/** The part of a page under a heading, up to the next one of the same or a higher level. */
export function sectionOf(page: string, anchor: string): string {
  const from = page.search(new RegExp(`<h[23] id="${anchor}"`))
  if (from === -1) return ''
  const end = page.slice(from).startsWith('<h2') ? /<h2 /g : /<h[23] /g
  end.lastIndex = 4
  return page.slice(from, from + (end.exec(page.slice(from))?.index ?? page.length))
}

/** The rows of the first table under a heading, as text. */
export function rowsOfSection(page: string, anchor: string): string[][] {
  const [, body = ''] = /<tbody role="rowgroup">([\s\S]*?)<\/tbody>/.exec(sectionOf(page, anchor)) ?? []
  return body
    .split('<tr')
    .slice(1)
    .map((row) => [...row.matchAll(/<t[hd] [^>]*>(.*?)<\/t[hd]>/g)].map(([, cell = '']) => textOf(cell).trim()))
}

const textOf = (html: string) => textOfHtml(`<body>${html}<script`)

/** Each burn-down of a page: the heights of its line, that of the dot at its end, and what the table behind it has left. */
export function burnDownsOf(page: string) {
  return page
    .split('<figure>')
    .slice(1)
    .map((rest) => rest.split('</figure>')[0] ?? '')
    .filter((figure) => figure.includes('class="pace"'))
    .map((figure) => ({
      heights: pointsOf(/<path class="course [a-z]+" d="([^"]*)"/.exec(figure)?.[1] ?? ''),
      dot: Number(/<circle [^>]*cy="([^"]*)"/.exec(figure)?.[1]),
      lefts: [...figure.matchAll(/<td>([^<\n]*)\n/g)].map(([, left = '']) => left),
    }))
}

/** The heights of a line. */
function pointsOf(path: string): number[] {
  return [...path.matchAll(/-?[\d.]+,(-?[\d.]+)/g)].map(([, y]) => Number(y))
}

export { readable, visible } from '../format/visible.ts'

/** What a person sees of a page: header and sections, without tags. The hidden data block and the style are no text. */
export function textOfHtml(page: string): string {
  const body = page.slice(page.indexOf('<body>'), page.indexOf('<script'))
  return body
    .replace(/<nav[\s\S]*?<\/nav>/g, '')
    .replace(/<svg class="chart"[^>]* aria-label="([^"]*)"[\s\S]*?<\/svg>/g, '$1 ')
    .replace(/<svg[\s\S]*?<\/svg>/g, '')
    .replace(/<caption class="hidden">[\s\S]*?<\/caption>/g, '')
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

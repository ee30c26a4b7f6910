import { Lexer } from 'yaml'

/** Columns and brackets that may be open at once: about a hundred levels, of which each may open two columns. */
const MOST_OPEN = 250

/** What the lexer writes before a scalar. */
const SCALAR = '\u001f'
/** Lexemes that mark something and are no characters of the text. */
const MARKS: readonly string[] = [SCALAR, '\u0002', '\u0018']

/**
 * Whether a text is nested deeper than any definition. The parser of `yaml` recurses and takes an overflowing stack for
 * a mistake in the text, but V8 ends the whole process when the stack overflows while it compiles a regular expression.
 * So the depth is bounded before the parser sees the text; the lexer, which does not recurse, finds it.
 */
export function isNestedTooDeeply(text: string): boolean {
  const columns: number[] = []
  let flow = 0
  let column = 0
  for (const lexeme of new Lexer().lex(text)) {
    if (lexeme === '[' || lexeme === '{') flow += 1
    else if (lexeme === ']' || lexeme === '}') flow = Math.max(0, flow - 1)
    else if (flow === 0 && (lexeme === SCALAR || lexeme === '-' || lexeme === '?' || lexeme === ':')) {
      while (columns.length > 0 && (columns[columns.length - 1] ?? 0) >= column) columns.pop()
      columns.push(column)
    }
    if (columns.length + flow > MOST_OPEN) return true
    if (MARKS.includes(lexeme)) continue
    const newline = lexeme.lastIndexOf('\n')
    column = newline === -1 ? column + lexeme.length : lexeme.length - newline - 1
  }
  return false
}

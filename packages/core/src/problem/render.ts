import type { Place, Problem } from './problem.ts'

/** The texts in which problems have places, by file. */
export type Sources = Readonly<Record<string, string>>

/** How wide a text is on the screen, in columns. */
export type Width = (text: string) => number

/** Lines of the text that are shown before the one at fault. */
const CONTEXT = 2

/**
 * Problems as a person reads them in a terminal: place, message, the lines in question with the fault marked, how to mend
 * it, and a closing line that counts. Plain text; a caller may add colour.
 *
 * @param loads whether errors kept the documents from being used, which the closing line says then
 * @param width measures a text in columns, where some characters take two; default: one per character
 */
export function renderProblems(
  problems: readonly Problem[],
  sources: Sources,
  width: Width = (text) => text.length,
  loads = true,
): string {
  const blocks = problems.map((problem) => renderProblem(problem, sources, width))
  return [...blocks, countLine(problems, loads)].join('\n\n')
}

function renderProblem({ at, severity, message, hint }: Problem, sources: Sources, width: Width): string {
  const place = at === undefined ? '' : `${visible(at.file)}:${at.line}:${at.column}  `
  const source = at === undefined ? undefined : sources[at.file]
  const frame = at === undefined || source === undefined ? [] : codeFrame(source, at, width)
  const fix = hint === undefined ? [] : [`    fix: ${visible(hint)}`]
  return [`${place}${severity}  ${visible(message)}`, ...frame, ...fix].join('\n')
}

function codeFrame(source: string, { line, column }: Place, width: Width): readonly string[] {
  const lines = source.split(/\r?\n/)
  const last = lines[line - 1]
  if (last === undefined) return []
  const first = Math.max(1, line - CONTEXT)
  const gutter = Math.max(5, `${line}`.length + 2)
  const shown = lines
    .slice(first - 1, line)
    .map((text, i) => `${`${first + i}`.padStart(gutter)} | ${visible(text)}`.trimEnd())
  const marked = /^(?:"[^"]*"|'[^']*'|[^\s,{}[\]]+?(?=:?(?:[\s,{}[\]]|$)))/.exec(last.slice(column - 1))?.[0] ?? ' '
  const indent = ' '.repeat(width(visible(last.slice(0, column - 1))))
  return [...shown, `${' '.repeat(gutter)} | ${indent}${'^'.repeat(Math.max(1, width(visible(marked))))}`]
}

/** `2 errors, 1 warning in 1 file. Nothing was loaded.` */
function countLine(problems: readonly Problem[], loads: boolean): string {
  const count = (number: number, noun: string) => (number === 0 ? [] : [`${number} ${noun}${number === 1 ? '' : 's'}`])
  const errors = problems.filter(({ severity }) => severity === 'error').length
  const files = new Set(problems.flatMap(({ at }) => (at === undefined ? [] : [at.file]))).size
  const counted = [...count(errors, 'error'), ...count(problems.length - errors, 'warning')].join(', ') || 'no problems'
  const where = count(files, 'file').map((text) => ` in ${text}`)
  return `${counted}${where.join('')}.${loads && errors > 0 ? ' Nothing was loaded.' : ''}`
}

/** Nothing that a document holds may steer the terminal or reorder what is read. */
function visible(text: string): string {
  return text.replace(/\t/g, ' ').replace(/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '\ufffd')
}

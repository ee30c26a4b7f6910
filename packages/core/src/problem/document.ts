import {
  isScalar,
  LineCounter,
  type Node,
  type Document as ParsedText,
  parseAllDocuments,
  parseDocument,
  type YAMLError,
} from 'yaml'
import { readTree, type Tree } from './document-tree.ts'
import { isNestedTooDeeply } from './nesting.ts'
import { type Locate, locateProblems, type Path, type Place, type Problem } from './problem.ts'
import { problem } from './wording.ts'

/** How much a text may hold. */
export type TextSize = { readonly characters: number; readonly values: number }

/** A megabyte of definitions is a mistake, and from elsewhere it would only keep everybody else waiting. */
const USUAL: TextSize = { characters: 1_000_000, values: 100_000 }

/** Ten thousand journeys take two to four megabytes. */
export const LARGE_TEXT: TextSize = { characters: 8_000_000, values: 1_000_000 }

/** A text that is no YAML at all gives an error per line; the first ones tell enough. */
const MOST_SYNTAX_ERRORS = 20

/** A text that a person wrote as YAML or JSON. Its problems have places. */
export type TextRead =
  | {
      readonly ok: true
      readonly value: unknown
      /** What is wrong with the text though its structure is clear, such as a key that stands there twice. */
      readonly problems: readonly Problem[]
      readonly locate: Locate
      readonly conceal: Conceal
    }
  | { readonly ok: false; readonly problems: readonly Problem[]; readonly conceal: Conceal }

/** The text with the values that are told to be secret blanked out, so that it can be shown. */
export type Conceal = (isSecret: (path: Path, value: unknown) => boolean) => string

/**
 * Reads YAML 1.2 (of which JSON is a part) into plain values. Keys are strings; tags and merge keys are not followed.
 * Never throws, whatever the text.
 *
 * @param file how the places name the text
 */
export function readText(text: string, file: string, size: TextSize = USUAL): TextRead {
  const refused = refusal(text, size)
  if (refused !== undefined) return unreadable(file, refused)
  const lines = new LineCounter()
  const parsed = parseDocument(text, { ...STRICT, lineCounter: lines }) as ParsedText
  return readParsed(parsed, text, placesIn(lines, file), size)
}

/** The documents of one text, each with places of its own. */
export type TextsRead =
  | { readonly ok: true; readonly documents: readonly Extract<TextRead, { readonly ok: true }>[] }
  | { readonly ok: false; readonly problems: readonly Problem[] }

/** More documents in one text are a mistake. */
const MOST_DOCUMENTS = 1_000

/** Reads a text of several documents, each after a line `---`. Empty ones are left out. Never throws, whatever the text. */
export function readTexts(text: string, file: string): TextsRead {
  const refused = refusal(text, USUAL)
  if (refused !== undefined) return unreadable(file, refused)
  const lines = new LineCounter()
  const parsed = parseAllDocuments(text, { ...STRICT, lineCounter: lines }) as readonly ParsedText[]
  if (parsed.length > MOST_DOCUMENTS) {
    const message = `Expected at most ${MOST_DOCUMENTS} documents, got ${parsed.length}`
    return unreadable(file, problem('DOCUMENT_TOO_LARGE', [], message))
  }
  const read = parsed.map((each) => readParsed(each, text, placesIn(lines, file), USUAL))
  const problems = read.flatMap((each) => (each.ok ? [] : each.problems))
  if (problems.length > 0) return { ok: false, problems: problems.slice(0, MOST_SYNTAX_ERRORS) }
  return { ok: true, documents: read.flatMap((each) => (each.ok && each.value !== null ? [each] : [])) }
}

/** Why a text is not even parsed. */
function refusal(text: string, { characters }: TextSize): Problem | undefined {
  if (text.length > characters) {
    const message = `Expected the document to have at most ${characters} characters, got ${text.length}`
    return problem('DOCUMENT_TOO_LARGE', [], message)
  }
  if (!isNestedTooDeeply(text)) return undefined
  return problem('DOCUMENT_TOO_LARGE', [], 'Expected the document to be nested less deeply')
}

function placesIn(lines: LineCounter, file: string): (offset: number) => Place {
  return (offset) => {
    const { line, col } = lines.linePos(offset)
    return { file, line: Math.max(1, line), column: Math.max(1, col) }
  }
}

function readParsed(
  parsed: ParsedText,
  text: string,
  placeAt: (offset: number) => Place,
  { values }: TextSize,
): TextRead {
  const tree = readTree(parsed.contents as Node | null, values)
  const conceal: Conceal = (isSecret) => concealed(text, tree, isSecret)
  const errors = [...parsed.errors, ...parsed.warnings].slice(0, MOST_SYNTAX_ERRORS)
  if (errors.length > 0) return { ok: false, problems: errors.map((error) => syntaxProblem(error, placeAt)), conceal }
  const locate: Locate = (path, part, offset = 0) => {
    const begins = offsetOf(tree, path, part)
    // A quotation mark is no character of what it quotes.
    return placeAt(offset === 0 ? begins : begins + offset + (/^["']/.test(text.slice(begins, begins + 1)) ? 1 : 0))
  }
  // What was not read any more is not missing: one line tells why, instead of one for each thing behind it.
  const limit = tree.problems.find(({ code }) => code === 'DOCUMENT_TOO_LARGE')
  if (limit !== undefined) return { ok: false, problems: locateProblems([limit], locate), conceal }
  return { ok: true, value: tree.value, problems: locateProblems(tree.problems, locate), locate, conceal }
}

const STRICT = {
  schema: 'core',
  merge: false,
  resolveKnownTags: false,
  stringKeys: true,
  // Compares every key with every other; the tree does it with a set.
  uniqueKeys: false,
  prettyErrors: false,
  logLevel: 'error',
} as const

function unreadable(file: string, what: Problem): Extract<TextRead, { readonly ok: false }> {
  return { ok: false, problems: [{ ...what, at: { file, line: 1, column: 1 } }], conceal: () => '' }
}

function syntaxProblem({ code, message, pos }: YAMLError, placeAt: (offset: number) => Place): Problem {
  const at = placeAt(pos[0])
  if (code === 'MULTIPLE_DOCS') {
    const hint = 'remove the line `---`, or split the file'
    return { ...problem('DOCUMENT_SEVERAL', [], 'Expected one document, got another one after it', { hint }), at }
  }
  if (code === 'TAG_RESOLVE_FAILED') {
    return { ...problem('DOCUMENT_TAG', [], `Expected no tags, got one: ${message}`), at }
  }
  return { ...problem('DOCUMENT_SYNTAX', [], `Expected YAML or JSON: ${message}`), at }
}

/**
 * Where a reader should look: at the value when it stands there in one piece, otherwise (an object, a list, nothing) at
 * its key, and for what is missing at the key of the object that misses it.
 */
function offsetOf(tree: Tree, path: Path, part: 'key' | undefined): number {
  const { key, value, exact } = tree.find(path)
  const isPiece = isScalar(value) && value.value !== null && exact
  const node = part === 'key' || !isPiece ? (key ?? value) : value
  return node?.range?.[0] ?? 0
}

function concealed(text: string, tree: Tree, isSecret: Parameters<Conceal>[0]): string {
  const ranges = tree.values.flatMap(({ path, node }) =>
    node.range && isSecret(path, isScalar(node) ? node.value : undefined) ? [node.range] : [],
  )
  let shown = ''
  let done = 0
  // Ranges may repeat, by aliases, and lie in one another.
  for (const [from, to] of ranges.toSorted((a, b) => a[0] - b[0])) {
    if (to <= done) continue
    shown += text.slice(done, from) + text.slice(Math.max(done, from), to).replace(/[^\r\n]+/g, '…')
    done = to
  }
  return shown + text.slice(done)
}

import { readTexts } from '../problem/document.ts'
import {
  entriesOf,
  expected,
  hasErrors,
  hintFor,
  type Locate,
  locateProblems,
  type Path,
  type Problem,
  problem,
} from '../problem/index.ts'
import type { Adopted } from './adopted.ts'
import { API_VERSION, DOCUMENT, type OpenSloDocument, type OpenSloKind } from './openslo-document.ts'
import { forgive } from './openslo-forgive.ts'
import { adoptPyrra, PYRRA_VERSION } from './pyrra.ts'
import { adoptSloth, SLOTH_VERSION } from './sloth.ts'

/** A document with the way back to its text. */
export type Located = { readonly document: OpenSloDocument; readonly locate: Locate }

/** All documents of a text, or everything that forbids using them. Every problem has a place. */
export type OpenSloRead =
  | { readonly ok: true; readonly documents: readonly Located[]; readonly warnings: readonly Problem[] }
  | { readonly ok: false; readonly problems: readonly Problem[] }

/**
 * Reads OpenSLO v1, one or several documents. Leniently: where the specification's text, its examples and its SDK disagree,
 * a document of any of the three is taken, with a warning; so is one with unknown keys. A document of Sloth (`version:
 * prometheus/v1`) or Pyrra (`apiVersion: pyrra.dev/v1alpha1`) is read as the documents of OpenSLO that say the same.
 *
 * @param file how places name the text
 */
export function readOpenSlo(text: string, file: string): OpenSloRead {
  const texts = readTexts(text, file)
  if (!texts.ok) return texts
  const problems: Problem[] = []
  const documents: Located[] = []
  const seen = new Set<string>()
  for (const { value, problems: own, locate } of texts.documents) {
    const found = [...own]
    const adopted = adopt(value)
    if (adopted === undefined) {
      const document = readDocument(value, found)
      if (document !== undefined) {
        found.push(...twice(document, seen))
        documents.push({ document, locate })
      }
    } else {
      found.push(...adopted.problems)
      documents.push(
        ...adopted.documents.flatMap(({ document, origin }) => checked(document, origin, locate, seen, found)),
      )
    }
    problems.push(...locateProblems(found, locate))
  }
  return hasErrors(problems) ? { ok: false, problems } : { ok: true, documents, warnings: problems }
}

/** A document of another tool; `undefined` when it is none. */
function adopt(value: unknown): Adopted | undefined {
  const entries = entriesOf(value)
  if (entries.get('version') === SLOTH_VERSION) return adoptSloth(value)
  return entries.get('apiVersion') === PYRRA_VERSION ? adoptPyrra(value) : undefined
}

/** What became of another tool's document must be as strict as any; a service and whom alerts tell may be said again. */
function checked(
  document: OpenSloDocument,
  origin: Path,
  locate: Locate,
  seen: Set<string>,
  problems: Problem[],
): readonly Located[] {
  const found: Problem[] = []
  DOCUMENT[document.kind].read(document, { path: [], area: 'OPENSLO', problems: found })
  problems.push(...found.map((each) => ({ ...each, path: origin })))
  const again = twice(document, seen)
  if (again.length > 0 && document.kind !== 'SLO') return []
  problems.push(...again.map((each) => ({ ...each, path: origin })))
  return [{ document, locate: () => locate(origin) }]
}

function readDocument(value: unknown, problems: Problem[]): OpenSloDocument | undefined {
  const kind = kindOf(value, problems)
  if (kind === undefined) return undefined
  const { value: mended, remarks } = forgive(value)
  const found: Problem[] = []
  const document = DOCUMENT[kind].read(mended, { path: [], area: 'OPENSLO', problems: found })
  problems.push(...remarks, ...found.map(leniently))
  return hasErrors(problems) ? undefined : (document as OpenSloDocument | undefined)
}

/** The version and the kind decide how the rest is read, so they are asked first. */
function kindOf(value: unknown, problems: Problem[]): OpenSloKind | undefined {
  const entries = entriesOf(value)
  const [version, kind] = [entries.get('apiVersion'), entries.get('kind')]
  if (version !== API_VERSION) {
    const hint = `documents of OpenSLO v1, Sloth (version: ${SLOTH_VERSION}) and Pyrra (${PYRRA_VERSION}) are read`
    problems.push(expected('OPENSLO_VERSION', ['apiVersion'], `"${API_VERSION}"`, version, { hint }))
    return undefined
  }
  const kinds = Object.keys(DOCUMENT) as OpenSloKind[]
  const known = kinds.find((each) => each === kind)
  if (known !== undefined) return known
  const hint = hintFor(String(kind).slice(0, 60), kinds, 12)
  problems.push(expected('OPENSLO_KIND', ['kind'], 'a kind of document', kind, hint === undefined ? {} : { hint }))
  return undefined
}

function leniently(found: Problem): Problem {
  return found.code === 'OPENSLO_UNKNOWN_KEY' ? { ...found, severity: 'warning' } : found
}

function twice({ kind, metadata: { name } }: OpenSloDocument, seen: Set<string>): readonly Problem[] {
  const id = `${kind} ${name}`
  if (seen.has(id))
    return [problem('OPENSLO_TWICE', ['metadata', 'name'], `There is another ${kind} with the name ${name}`)]
  seen.add(id)
  return []
}

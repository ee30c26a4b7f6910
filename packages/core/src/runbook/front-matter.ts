import { z } from 'zod'
import { readText } from '../problem/document.ts'
import { checkShape, type Locate, locateProblems, type Problem, problem } from '../problem/index.ts'
import { isDate } from '../time/index.ts'
import { OUTCOME_SYMPTOMS, type Runbook, type Symptom } from './runbook.ts'

/** What a page says of itself, and where its text begins; `stated` is absent where it says nothing, or nothing that can be read. */
export type FrontMatter = {
  readonly stated?: Omit<Runbook, 'file' | 'address'> & { readonly link?: string }
  /** Lines before the text, so that places in it can be told. */
  readonly lines: number
  readonly locate: Locate
  readonly problems: readonly Problem[]
}

const name = z.string().trim().min(1, { error: 'a name' }).max(100)
const words = z.string().trim().min(1, { error: 'a text' }).max(200)
const symptom = z.string().refine(isSymptom, { error: `${OUTCOME_SYMPTOMS.join(', ')} or dependency:NAME` })
const date = z.string().refine(isDate, { error: 'a date such as 2026-10-20' })

const schema = z
  .strictObject({
    journey: name.exactOptional(),
    step: name.exactOptional(),
    symptom: symptom.exactOptional(),
    owner: words.exactOptional(),
    reviewed: date.exactOptional(),
    title: z.strictObject({ en: words, ja: words }).exactOptional(),
    link: z.url({ protocol: /^https?$/, error: 'an address as https://…' }).exactOptional(),
  })
  .refine(({ journey, step }) => step === undefined || journey !== undefined, {
    path: ['step'],
    error: 'said together with the journey that it is a step of',
  })

export function isSymptom(text: string): text is Symptom {
  return (OUTCOME_SYMPTOMS as readonly string[]).includes(text) || /^dependency:[A-Za-z0-9._-]{1,63}$/.test(text)
}

/** Reads the YAML between the first two lines `---` of a page. Every mistake has its place in the page. Never throws. */
export function readFrontMatter(page: string, file: string): FrontMatter {
  const top = () => ({ file, line: 1, column: 1 })
  const lines = page.replace(/^\uFEFF/, '').split(/\r?\n/)
  if (lines[0]?.trimEnd() !== '---') return { lines: 0, locate: top, problems: [] }
  const end = lines.findIndex((line, i) => i > 0 && line.trimEnd() === '---')
  if (end < 0) {
    const what = problem('RUNBOOK_FRONT_MATTER', [], 'Expected a line `---` that ends the front matter, got none')
    return { lines: 0, locate: top, problems: [{ ...what, at: top() }] }
  }
  // The line `---` becomes an empty one, so that lines count as in the page.
  const read = readText(['', ...lines.slice(1, end)].join('\n'), file)
  if (!read.ok) return { lines: end + 1, locate: top, problems: read.problems }
  const after = { lines: end + 1, locate: read.locate }
  const checked = checkShape(schema, read.value ?? {}, 'RUNBOOK')
  if (!checked.ok) return { ...after, problems: locateProblems([...read.problems, ...checked.problems], read.locate) }
  const { symptom: said, ...rest } = checked.value
  const stated = { ...rest, ...(said !== undefined && isSymptom(said) && { symptom: said }) }
  return { ...after, problems: read.problems, stated }
}

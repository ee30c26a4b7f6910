import { parseDocument, stringify } from 'yaml'
import { z } from 'zod'
import { readText } from '../problem/document.ts'
import { checkShape, hasErrors, locateProblems, type Problem, problem } from '../problem/index.ts'
import { checkFishbone } from './fishbone.ts'
import { POSTMORTEM_LANGUAGES } from './language.ts'
import type { FrontMatter } from './record.ts'

/** A postmortem as its file has it; `text` is all of it. */
export type PostmortemDocument = { readonly front: FrontMatter; readonly text: string }

export type PostmortemRead =
  | { readonly ok: true; readonly document: PostmortemDocument }
  | { readonly ok: false; readonly problems: readonly Problem[] }

const FRONT = /^---\r?\n([\s\S]*?)\r?\n---(?:\r?\n|$)/

const words = z.string().trim().min(1).max(500)
const schema = z.strictObject({
  incident: z.string().regex(/^INC-\d{4,}$/, { error: 'the key of an incident such as INC-0007' }),
  language: z.enum(POSTMORTEM_LANGUAGES),
  state: z.enum(['draft', 'inReview', 'published']),
  owner: words.exactOptional(),
  due: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}$/, { error: 'a date as YYYY-MM-DD' })
    .exactOptional(),
  noFix: words.exactOptional(),
  causes: z.unknown(),
  generated: z.record(z.string(), z.string()),
})

/** Reads a postmortem. What is wrong with its front matter is told at once, with places. @param file how the places name it */
export function readPostmortem(text: string, file: string): PostmortemRead {
  const yaml = FRONT.exec(text)?.[1]
  if (yaml === undefined) {
    const hint = 'begin it with: tabiji postmortem draft INC-0007 --out FILE'
    const missing = problem(
      'POSTMORTEM_FRONT',
      [],
      'Expected the front matter of a postmortem between two lines `---`',
      { hint },
    )
    return { ok: false, problems: [{ ...missing, at: { file, line: 1, column: 1 } }] }
  }
  // The line `---` above keeps the places true.
  const read = readText(`\n${yaml}`, file)
  if (!read.ok) return read
  const shape = checkShape(schema, read.value, 'POSTMORTEM')
  const causes = shape.ok ? checkFishbone(shape.value.causes, ['causes']) : undefined
  const found = [...(shape.ok ? [] : shape.problems), ...(causes === undefined || causes.ok ? [] : causes.problems)]
  const problems = [...read.problems, ...locateProblems(found, read.locate)]
  if (!shape.ok || causes === undefined || !causes.ok || hasErrors(problems)) return { ok: false, problems }
  return { ok: true, document: { front: { ...shape.value, causes: causes.fishbone }, text } }
}

/** A postmortem of its front matter and what stands below it. */
export function writePostmortem(front: FrontMatter, body: string): string {
  const { causes, ...said } = front
  const bones = Object.fromEntries(causes.bones.map(({ name, causes: some }) => [name, some]))
  const plain = { ...said, causes: { effect: causes.effect, bones } }
  return `---\n${stringify(plain, { lineWidth: 0, aliasDuplicateObjects: false })}---\n\n${body}`
}

/** The text with some of the front matter said anew; comments and all else stay as they were written. */
export function restate(text: string, changes: Partial<Omit<FrontMatter, 'causes'>>): string {
  return text.replace(FRONT, (_, yaml: string) => {
    const document = parseDocument(yaml)
    for (const [key, value] of Object.entries(changes)) document.set(key, value)
    return `---\n${document.toString({ lineWidth: 0 })}---\n`
  })
}

/** What stands below the front matter. */
export function bodyOf(text: string): string {
  return text.replace(FRONT, '')
}

import { existsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { type ChecklistItem, DEFAULT_CHECKLISTS } from '@tabiji/core/incident'
import type { Level } from '@tabiji/core/journey'
import { entriesOf, type Problem, problem, readPart } from '@tabiji/core/problem'
import { z } from 'zod'
import { openBounded, readOpened, told } from './checklist-file.ts'
import type { Rotation } from './rotation.ts'
import { text } from './schema-parts.ts'

/** What to do first at a level, and where that stands; absent: it is what comes with Tabiji. */
export type Checklist = { readonly items: readonly ChecklistItem[]; readonly file?: string }
export type Checklists = Readonly<Record<Level, Checklist>>

/** Files by level, or a folder that has `level-1.yaml`, `level-2.yaml`, `level-3.yaml`. */
export const checklistsSchema = z.union(
  [text, z.strictObject({ 1: text.exactOptional(), 2: text.exactOptional(), 3: text.exactOptional() })],
  { error: 'a folder, or files by level such as `{ 1: first-response.yaml }`' },
)

const LEVELS: readonly Level[] = [1, 2, 3]

/** Nobody named a file: what comes with Tabiji. */
const USUAL: Checklists = {
  1: { items: DEFAULT_CHECKLISTS[1] },
  2: { items: DEFAULT_CHECKLISTS[2] },
  3: { items: DEFAULT_CHECKLISTS[3] },
}

type Stated = z.output<typeof checklistsSchema>
type Files = Partial<Record<Level, string>>

/**
 * Reads the checklists that a configuration names; what is wrong with one is told with its place in that file. They are read
 * again with the secrets: who mends a list need not end the daemon, and a mistake in it leaves the lists before it in force.
 *
 * @returns the lists as they are at each call
 */
export function resolveChecklists(
  document: unknown,
  { file, rotation }: { readonly file: string; readonly rotation: Pick<Rotation, 'keep'> },
  problems: Problem[],
): () => Checklists {
  const stated = readPart(checklistsSchema, entriesOf(document).get('checklists'))
  if (stated === undefined) return () => USUAL
  const read = () => openAll(filesOf(stated, dirname(file)))
  const make = (opened: readonly Opened[], told: Problem[]) => listsOf(stated, dirname(file), opened, told)
  return rotation.keep({ path: ['checklists'], read, make }, problems) ?? (() => USUAL)
}

type Opened = { readonly level: Level; readonly file: string; readonly content: ReturnType<typeof openBounded> }

function openAll(files: Files): readonly Opened[] {
  return LEVELS.flatMap((level) => {
    const file = files[level]
    return file === undefined ? [] : [{ level, file, content: openBounded(file) }]
  })
}

function listsOf(stated: Stated, home: string, opened: readonly Opened[], problems: Problem[]): Checklists | undefined {
  const lists: Record<Level, Checklist> = { ...USUAL }
  const found = typeof stated === 'string' && opened.length === 0 ? [emptyFolder(resolve(home, stated))] : []
  for (const { level, file, content } of opened) {
    const read = readOpened(content, file)
    if (read.ok) lists[level] = { items: read.items, file }
    else {
      const path = typeof stated === 'string' ? ['checklists'] : ['checklists', String(level)]
      found.push(...read.problems.map((each) => told(each, path, 'tabiji checklist new')))
    }
  }
  problems.push(...found)
  return found.length === 0 ? lists : undefined
}

function filesOf(stated: Stated, home: string): Files {
  if (typeof stated !== 'string') {
    return Object.fromEntries(Object.entries(stated).map(([level, file]) => [level, resolve(home, file)]))
  }
  const folder = resolve(home, stated)
  const found = LEVELS.map((level) => [level, join(folder, `level-${level}.yaml`)] as const)
  return Object.fromEntries(found.filter(([, file]) => existsSync(file)))
}

function emptyFolder(folder: string): Problem {
  const message = `Expected the folder ${folder} to have \`level-1.yaml\`, \`level-2.yaml\` or \`level-3.yaml\`, found none`
  const hint = `write one to begin with: tabiji checklist new > ${join(folder, 'level-1.yaml')}`
  return problem('CONFIG_CHECKLISTS', ['checklists'], message, { hint })
}

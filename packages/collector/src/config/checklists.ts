import { existsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { type ChecklistItem, DEFAULT_CHECKLISTS } from '@tabiji/core/incident'
import type { Level } from '@tabiji/core/journey'
import { entriesOf, type Problem, problem, readPart } from '@tabiji/core/problem'
import { z } from 'zod'
import { readChecklist, told } from './checklist-file.ts'
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

/** Reads the checklists that a configuration names. What is wrong with one is told with its place in that file. */
export function resolveChecklists(document: unknown, config: string, problems: Problem[]): Checklists {
  const stated = readPart(checklistsSchema, entriesOf(document).get('checklists'))
  const files = stated === undefined ? {} : filesOf(stated, dirname(config), problems)
  const listOf = (level: Level): Checklist => {
    const file = files[level]
    const usual = { items: DEFAULT_CHECKLISTS[level] }
    if (file === undefined) return usual
    const checklist = readChecklist(file)
    const path = typeof stated === 'string' ? ['checklists'] : ['checklists', String(level)]
    if (checklist.ok) return { items: checklist.items, file }
    problems.push(...checklist.problems.map((each) => told(each, path)))
    return usual
  }
  return { 1: listOf(1), 2: listOf(2), 3: listOf(3) }
}

function filesOf(
  stated: z.output<typeof checklistsSchema>,
  home: string,
  problems: Problem[],
): Partial<Record<Level, string>> {
  if (typeof stated !== 'string') {
    return Object.fromEntries(Object.entries(stated).map(([level, file]) => [level, resolve(home, file)]))
  }
  const folder = resolve(home, stated)
  const found = LEVELS.map((level) => [level, join(folder, `level-${level}.yaml`)] as const).filter(([, file]) =>
    existsSync(file),
  )
  if (found.length === 0) {
    const message = `Expected the folder ${folder} to have \`level-1.yaml\`, \`level-2.yaml\` or \`level-3.yaml\`, found none`
    problems.push({
      ...problem('CONFIG_CHECKLISTS', ['checklists'], message),
      hint: 'write one to begin with: tabiji checklist new > level-1.yaml',
    })
  }
  return Object.fromEntries(found)
}

import { dirname, resolve } from 'node:path'
import type { Definition } from '@tabiji/core/journey'
import { DEFAULT_PRACTICE, type DrillEvery, type Member, type PracticeItem } from '@tabiji/core/practice'
import { entriesOf, expected, itemsOf, type Problem, problem, readPart, unknownName } from '@tabiji/core/problem'
import { isDate, parsePeriodLength } from '@tabiji/core/time'
import { z } from 'zod'
import { openBounded, told } from './checklist-file.ts'
import { readPracticeList } from './practice-file.ts'
import type { Rotation } from './rotation.ts'
import { read, text } from './schema-parts.ts'

/** People and practice, as the configuration has them. */
export type PracticePlan = {
  readonly members: readonly Member[]
  readonly drillEvery: DrillEvery
  /** What a new member does, as it is at each call. */
  readonly checklist: () => readonly PracticeItem[]
}

const LENGTH = 'a stretch of the calendar such as `1Q`, `1M` or `2w`, up to a year'
const length = read(parsePeriodLength, LENGTH)
const ofTier = z.union([z.literal(false), length], { error: `${LENGTH}, or \`false\` for none` })

const memberSchema = z.strictObject({
  name: z.string().trim().min(1, { error: 'a name' }).max(100, { error: 'at most 100 characters' }),
  since: z.string({ error: 'a date such as 2026-10-20' }).refine(isDate, { error: 'a date such as 2026-10-20' }),
  team: text.exactOptional(),
  journeys: z.array(text).min(1, { error: 'a list with at least one journey' }).max(200).exactOptional(),
})

export const practiceSchema = z.strictObject({
  members: z.array(memberSchema).max(200, { error: 'a list of at most 200 members' }).exactOptional(),
  drillEvery: z
    .union(
      [length, z.strictObject({ 1: ofTier.exactOptional(), 2: ofTier.exactOptional(), 3: ofTier.exactOptional() })],
      { error: `${LENGTH}, or one for each tier such as \`{ 1: 1Q, 2: 1Y, 3: false }\`` },
    )
    .exactOptional(),
  checklist: text.exactOptional(),
})

/** Where the configuration is, and what reads its files again. */
type Around = { readonly file: string; readonly rotation: Pick<Rotation, 'keep'> }

const QUARTER = { count: 1, unit: 'Q' } as const

/** Members, how often journeys are practised, and the list of a new member, whose file is read again with the secrets. */
export function resolvePractice(document: unknown, { file, rotation }: Around, problems: Problem[]): PracticePlan {
  const stated = entriesOf(entriesOf(document).get('practice'))
  const every = readPart(practiceSchema.shape.drillEvery, stated.get('drillEvery')) ?? QUARTER
  const list = readPart(text, stated.get('checklist'))
  return {
    members: membersOf(itemsOf(stated.get('members')), problems),
    drillEvery: everyOf(every),
    checklist: list === undefined ? () => DEFAULT_PRACTICE : listOf(resolve(dirname(file), list), rotation, problems),
  }
}

function membersOf(values: readonly unknown[], problems: Problem[]): readonly Member[] {
  const known = new Set<string>()
  return values.flatMap((value, i): Member[] => {
    const member = readPart(memberSchema, value)
    if (member === undefined) return []
    const { name } = member
    if (known.has(name)) {
      problems.push(
        expected('CONFIG_REPEATED', ['practice', 'members', i, 'name'], 'a name that no other member has', name),
      )
    }
    known.add(name)
    return [member]
  })
}

/** One length holds for each tier; what is not said of a tier is a quarter. */
function everyOf(every: NonNullable<z.output<typeof practiceSchema>['drillEvery']>): DrillEvery {
  if ('unit' in every) return { 1: every, 2: every, 3: every }
  const tiers = Object.entries({ 1: QUARTER, 2: QUARTER, 3: QUARTER, ...every })
  return Object.fromEntries(tiers.filter(([, length]) => length !== false))
}

function listOf(file: string, rotation: Around['rotation'], problems: Problem[]): PracticePlan['checklist'] {
  const path = ['practice', 'checklist']
  const make = (opened: ReturnType<typeof openBounded>, into: Problem[]) => {
    const list = readPracticeList(opened, file)
    if (list.ok) return list.items
    into.push(...list.problems.map((each) => told(each, path, 'tabiji practice checklist new')))
    return undefined
  }
  return rotation.keep({ path, read: () => openBounded(file), make }, problems) ?? (() => DEFAULT_PRACTICE)
}

/** Whether members answer for journeys and teams that there are. Warnings: an alarm is not off because of who practises. */
export function practiceProblems({ members }: PracticePlan, { journeys }: Definition): readonly Problem[] {
  const names = journeys.map(({ name }) => name)
  const owners = [...new Set(journeys.flatMap(({ owner }) => owner ?? []))]
  return members.flatMap(({ team, journeys: own = [] }, i) => {
    const path = ['practice', 'members', i]
    const unknown = own.flatMap((name, j): Problem[] => {
      if (names.includes(name)) return []
      const found = unknownName(
        'CONFIG_UNKNOWN_JOURNEY',
        [...path, 'journeys', j],
        'the name of a journey',
        name,
        names,
      )
      return [{ ...found, severity: 'warning' }]
    })
    if (team === undefined || own.length > 0 || owners.includes(team)) return unknown
    const message = `No journey has the owner ${team}, so this member answers for none`
    const hint = 'a journey names its team as `owner` in the journeys file; or name their `journeys` here'
    return [problem('CONFIG_TEAM_OWNS_NOTHING', [...path, 'team'], message, { severity: 'warning', hint })]
  })
}

import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Origin, type RuleFile, ruleText, SIGNATURE, type UnitTests, unitTestText } from '@tabiji/core/ruler'
import { CliError, EXIT } from '../terminal/exit.ts'

/** What a ruler gets of one journey. */
export type RuledJourney = {
  readonly journey: string
  readonly rules: RuleFile
  readonly tests: readonly UnitTests[]
  readonly notes: readonly string[]
}

/** Paths of what was written and of what was removed. */
type Written = { readonly files: readonly string[]; readonly removed: readonly string[] }

/**
 * Writes the rules of each journey as `JOURNEY.rules.yaml` and its unit tests as `tests/JOURNEY.SCALE.test.yaml`, where a
 * ruler that loads the folder does not meet them. Files that an earlier call wrote and this one does not are removed: the
 * rules of a journey that is gone would ring on.
 *
 * @throws CliError when the folder cannot be written, or holds files of the same names that somebody else wrote
 */
export function writeRules(folder: string, ruled: readonly RuledJourney[], origin: Omit<Origin, 'notes'>): Written {
  const texts = textsOf(ruled, origin)
  try {
    const known = earlier(folder)
    const foreign = [...texts.keys()].filter((path) => existsSync(join(folder, path)) && !known.includes(path))
    if (foreign.length > 0) throw foreignFile(join(folder, foreign[0] ?? ''))
    mkdirSync(join(folder, 'tests'), { recursive: true })
    for (const [path, text] of texts) replaceFile(join(folder, path), text)
    const removed = known.filter((path) => !texts.has(path))
    for (const path of removed) rmSync(join(folder, path))
    const named = (path: string) => join(folder, path)
    return { files: [...texts.keys()].map(named), removed: removed.map(named) }
  } catch (error) {
    if (error instanceof CliError) throw error
    const message = `cannot write into ${folder} (${(error as NodeJS.ErrnoException).code ?? error})`
    throw new CliError(EXIT.no, { code: 'CLI_UNWRITABLE', message }, [], { cause: error })
  }
}

function textsOf(ruled: readonly RuledJourney[], origin: Omit<Origin, 'notes'>): ReadonlyMap<string, string> {
  const promising = ruled.filter(({ rules }) => rules.groups.length > 0)
  const entries = promising.flatMap(({ journey, rules, tests, notes }): readonly (readonly [string, string])[] => {
    const file = `${journey}.rules.yaml`
    const about = { ...origin, notes }
    return [
      [file, ruleText(rules, about)],
      ...tests.map((each) => {
        return [`tests/${journey}.${each.scale}.test.yaml`, unitTestText(each, `../${file}`, about)] as const
      }),
    ]
  })
  return new Map(entries)
}

/** Files in the folder that this command wrote. */
function earlier(folder: string): readonly string[] {
  const listed = (path: string, ending: string) =>
    existsSync(join(folder, path)) ? readdirSync(join(folder, path)).filter((name) => name.endsWith(ending)) : []
  const paths = [...listed('', '.rules.yaml'), ...listed('tests', '.test.yaml').map((name) => `tests/${name}`)]
  return paths.filter((path) => readFileSync(join(folder, path), 'utf8').startsWith(SIGNATURE)).sort()
}

/** A ruler that reloads in the same moment finds the whole file, the old one or the new one. */
function replaceFile(path: string, text: string): void {
  const unfinished = `${path}.part`
  writeFileSync(unfinished, text)
  renameSync(unfinished, path)
}

function foreignFile(path: string): CliError {
  const message = `Expected ${path} to be a file that this command wrote, but it was written otherwise`
  const hint = 'move it away, or choose another folder with --out'
  return new CliError(EXIT.no, { code: 'CLI_FOREIGN_FILE', message, hint })
}

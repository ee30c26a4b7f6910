import { existsSync } from 'node:fs'
import { basename, dirname, isAbsolute, join } from 'node:path'
import type { Definition } from '@tabiji/core/journey'
import { entriesOf } from '@tabiji/core/problem'
import { readText } from '@tabiji/core/problem/document'
import { journeyRules, journeyUnitTests, ruleNotes, ruleText } from '@tabiji/core/ruler'
import type { Command } from 'commander'
import { readDefinition } from '../config/definition.ts'
import { openText, unreadable } from '../config/read.ts'
import type { Io } from './io.ts'
import { DEFAULT_CONFIG, refused } from './load.ts'
import { type Output, outputOf } from './output.ts'
import { createCommand, examples } from './program.ts'
import { type RuledJourney, writeRules } from './rules-folder.ts'

/** `tabiji rules`: the alerts of the journeys file for a Prometheus-compatible ruler. */
export function rulesCommand(io: Io): Command {
  return createCommand('rules', io)
    .description('Write recording and alerting rules for a Prometheus-compatible ruler, with unit tests for promtool.')
    .addHelpText(
      'before',
      examples(
        'tabiji rules > tabiji.rules.yaml',
        'tabiji rules journeys.yaml --out rules  # a file for each journey, and rules/tests',
        'promtool check rules rules/*.rules.yaml',
        'promtool test rules rules/tests/*.test.yaml',
      ),
    )
    .argument('[journeys]', `the journeys file (default: the one that ${DEFAULT_CONFIG} names, or else journeys.yaml)`)
    .option('-o, --out <folder>', 'write files there; those of journeys that are gone are removed')
    .action((named: string | undefined, { out }: { readonly out?: string }, command: Command) => {
      const file = named ?? journeysFile()
      const definition = read(file)
      const output = outputOf(command, io)
      const ruled = rule(definition)
      const origin = { file: basename(file), fingerprint: definition.fingerprint }
      const notes = [...new Set(ruled.flatMap((each) => each.notes))]
      const written = out === undefined ? undefined : writeRules(out, ruled, origin)
      output.answer({ ...origin, journeys: ruled, ...written }, () =>
        written === undefined
          ? ruleText({ groups: ruled.flatMap(({ rules }) => rules.groups) }, { ...origin, notes })
          : [...written.files, ...written.removed.map((path) => `${path} removed`)].map((line) => `${line}\n`).join(''),
      )
      tellNotes(notes, output)
    })
}

function rule({ journeys, timeZone }: Definition): readonly RuledJourney[] {
  return journeys.map((journey) => ({
    journey: journey.name,
    rules: journeyRules(journey),
    tests: journeyUnitTests(journey),
    notes: ruleNotes(journey, timeZone),
  }))
}

function tellNotes(notes: readonly string[], output: Output): void {
  for (const note of notes) output.note(`note: ${note}`)
}

/** The configuration is looked at for this name only: where rules are written, its secrets are seldom at hand. */
function journeysFile(): string {
  if (!existsSync(DEFAULT_CONFIG)) return 'journeys.yaml'
  const opened = openText(DEFAULT_CONFIG)
  if ('failure' in opened) throw refused(DEFAULT_CONFIG, [unreadable(DEFAULT_CONFIG, opened.failure)])
  const config = readText(opened.text, DEFAULT_CONFIG)
  if (!config.ok) throw refused(DEFAULT_CONFIG, config.problems)
  const journeys = entriesOf(config.value).get('journeys')
  if (typeof journeys !== 'string') return 'journeys.yaml'
  return isAbsolute(journeys) ? journeys : join(dirname(DEFAULT_CONFIG), journeys)
}

function read(file: string): Definition {
  const opened = openText(file)
  if ('failure' in opened) throw refused(file, [unreadable(file, opened.failure)])
  const definition = readDefinition(opened.text, file)
  if (!definition.ok) throw refused(file, definition.problems)
  return definition.definition
}

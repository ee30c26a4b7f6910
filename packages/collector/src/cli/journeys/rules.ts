import { basename } from 'node:path'
import type { Definition } from '@tabiji/core/journey'
import { journeyRules, journeyUnitTests, ruleNotes, ruleText } from '@tabiji/core/ruler'
import type { Command } from 'commander'
import type { Io } from '../terminal/io.ts'
import { type Output, outputOf } from '../terminal/output.ts'
import { createCommand, examples } from '../terminal/program.ts'
import { JOURNEYS_DEFAULT, readJourneysFile } from './journeys-file.ts'
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
    .argument('[journeys]', JOURNEYS_DEFAULT)
    .option('-o, --out <folder>', 'write files there; those of journeys that are gone are removed')
    .action((named: string | undefined, { out }: { readonly out?: string }, command: Command) => {
      const { file, definition } = readJourneysFile(named)
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

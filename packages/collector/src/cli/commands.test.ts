import { expect, test } from 'vitest'
import { COMMANDS, loadCommands } from './commands.ts'
import type { Io } from './terminal/io.ts'

const io: Io = { stdout: process.stdout, stderr: process.stderr, env: {}, now: () => 0 }
const ALL = Object.keys(COMMANDS)
const loaded = async (line: string) => (await loadCommands(line === '' ? [] : line.split(' '), io)).map((c) => c.name())

test('each command is found by the name that it has', async () => {
  for (const name of ALL) expect(await loaded(name)).toEqual([name])
}, 60_000)

test.each([
  ['alerts list --level 1', 'alerts'],
  ['--json --url http://127.0.0.1:1 alerts list', 'alerts'],
  ['--timeout fix status', 'status'],
  ['fix --help', 'fix'],
])('only the command of %j is loaded', async (line, name) => {
  expect(await loaded(line)).toEqual([name])
})

test.each([[''], ['--help'], ['--help fix'], ['help fix'], ['alrets list'], ['--json'], ['toString']])(
  'all commands are there for %j, so that the help is whole and a slip finds its nearest',
  async (line) => {
    expect(await loaded(line)).toEqual(ALL)
  },
)

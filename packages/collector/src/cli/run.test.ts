import type { Command } from 'commander'
import { expect, test } from 'vitest'
import { runCli } from '../testing/captured-io.ts'
import { CliExit, EXIT } from './terminal/exit.ts'
import type { Io } from './terminal/io.ts'
import { createCommand } from './terminal/program.ts'

const gate =
  (act: (io: Io) => void) =>
  (io: Io): Command =>
    createCommand('gate', io).action(() => act(io))

test('a command whose answer is no ends with its code and prints nothing more', async () => {
  const closed = gate((io) => {
    io.stdout.write('closed\n')
    throw new CliExit(EXIT.no)
  })
  expect(await runCli([closed], ['gate'])).toEqual({ exit: 1, stdout: 'closed\n', stderr: '' })
})

test('a bug exits 70 and asks for a report', async () => {
  const broken = gate(() => {
    throw new TypeError('boom')
  })
  const { exit, stderr } = await runCli([broken], ['gate'])
  expect(exit).toBe(70)
  expect(stderr).toMatch(/^error: this is a bug in tabiji: boom\n {2}fix: please report it.*\nTypeError: boom\n {4}at /)
  const json = await runCli([broken], ['gate', '--json'])
  expect(JSON.parse(json.stderr).error.code).toBe('CLI_BUG')
})

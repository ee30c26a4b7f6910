import { loadCommands } from './cli/commands.ts'
import { runProgram } from './cli/run.ts'
import type { Io } from './cli/terminal/io.ts'
import { createProgram } from './cli/terminal/program.ts'

const io: Io = { stdout: process.stdout, stderr: process.stderr, env: process.env, now: Date.now }

// A reader such as `head` that has seen enough is no failure: the command ends as if all had been read.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
  })
}

const words = process.argv.slice(2)
const program = createProgram(io)
for (const command of await loadCommands(words, io)) program.addCommand(command)

process.exitCode = await runProgram(program, words, io)

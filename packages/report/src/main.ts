import { readFileSync } from 'node:fs'
import { EXIT } from './cli/failure.ts'
import { progressOn } from './cli/progress.ts'
import { run } from './cli/run.ts'
import { visible } from './format/visible.ts'

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
const stop = new AbortController()

// The first Ctrl-C ends it in good order, the second at once.
process.once('SIGINT', () => stop.abort())
// A reader such as `head` that has seen enough is no failure.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
  })
}

try {
  const answer = await run(process.argv.slice(2), {
    version,
    env: process.env,
    stdin: process.stdin,
    stop: stop.signal,
    tell: (line) => process.stderr.write(`${visible(line)}\n`),
    progress: progressOn(process.stderr),
  })
  process.stderr.write(answer.stderr)
  process.stdout.write(answer.stdout)
  process.exitCode = answer.exit
} catch (thrown) {
  const told = thrown instanceof Error ? thrown.stack : thrown
  process.stderr.write(`error: a mistake in tabiji-report ${version}; please report it with these lines\n${told}\n`)
  process.exitCode = EXIT.bug
}

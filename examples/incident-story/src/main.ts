import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { openGithubStandIn } from './github.ts'
import { createProcesses } from './processes.ts'
import { playStory } from './story.ts'
import { createStoryClock } from './story-clock.ts'

const DEFAULT_FOLDER = 'incident-story'
const HELP = `One incident, from the first failed payment to the month after its fixes, on this machine only.

  node examples/incident-story/dist/main.js [--folder DIR]

It ends by itself within about two minutes; Ctrl-C ends everything that it started.
It leaves postmortem.md, fishbone.svg and statistics.txt in DIR (default: ./${DEFAULT_FOLDER}).`

const say = (line = '') => void process.stdout.write(`${line}\n`)

async function main(args: readonly string[]): Promise<number> {
  const { folder, help } = parseArgs({
    args: [...args],
    options: { folder: { type: 'string', default: DEFAULT_FOLDER }, help: { type: 'boolean', short: 'h' } },
  }).values
  if (help === true) {
    say(HELP)
    return 0
  }
  const results = resolve(folder)
  mkdirSync(results, { recursive: true })
  const work = mkdtempSync(join(tmpdir(), 'tabiji-incident-story-'))
  const clock = createStoryClock()
  const github = await openGithubStandIn(clock.now)
  const processes = createProcesses(work)
  const stopped = new Promise<number>((done) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => done(130))
  })
  try {
    const played = playStory({ work, results, clock, github, processes, say })
    return await Promise.race([stopped, played.then(() => 0)])
  } finally {
    await processes.stop()
    await github.end()
    rmSync(work, { recursive: true, force: true })
  }
}

process.exitCode = await main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`error: ${error instanceof Error ? error.message : String(error)}\n`)
  return error instanceof TypeError && 'code' in error ? 2 : 1
})

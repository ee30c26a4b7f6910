import { get } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'

/**
 * A process of its own that reads the targets and forgets what it read, so that it shows what reading takes by itself. Like the
 * collector it reads a fifth of them at a time. It answers its parent with its memory, bytes, after each round.
 */
const GROUPS = 5
const [interval, ...urls] = process.argv.slice(2)
const intervalMs = Number(interval)

process.on('disconnect', () => process.exit())
for (;;) {
  for (let group = 0; group < GROUPS; group++) {
    await Promise.all(urls.filter((_, i) => i % GROUPS === group).map((url) => read(url)))
    await pause(intervalMs / GROUPS)
  }
  process.send?.(process.memoryUsage.rss())
}

function read(url: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const asked = get(url, { agent: false }, (response) => {
      response.resume()
      response.once('end', resolve)
      response.once('error', reject)
    })
    asked.once('error', reject)
  })
}

/** Loaded into the daemon that is measured, ahead of it: says what its process needed since it was asked the last time. */
export type Cost = { readonly cpuMs: number; readonly rssBytes: number }

let before = process.cpuUsage()

process.on('message', () => {
  const { user, system } = process.cpuUsage(before)
  before = process.cpuUsage()
  const cost: Cost = { cpuMs: (user + system) / 1_000, rssBytes: process.memoryUsage.rss() }
  process.send?.(cost)
})

// It must not keep the daemon from ending.
process.channel?.unref()

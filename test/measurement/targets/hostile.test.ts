import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { startCounter, startDaemon, writeConfig } from '../ledger/testing/daemon.ts'
import { COMES_TO, type HostileKind, startHostile } from './testing/hostile.ts'

const KINDS = Object.keys(COMES_TO) as HostileKind[]
/** So often each must have been asked, and have failed, before it is judged. */
const ENOUGH = 5
const MIB = 1024 ** 2

/** Failures by the name of a source, as the daemon's own `/metrics` counts them. */
async function readsOf(api: string): Promise<ReadonlyMap<string, ReadonlyMap<string, number>>> {
  const text = await (await fetch(`${api}/metrics`)).text()
  const reads = new Map<string, Map<string, number>>()
  for (const [, source = '', result = '', count] of text.matchAll(
    /^tabiji_source_reads_total\{source="([^"]+)",result="([^"]+)"\} (\d+)$/gm,
  )) {
    const known = reads.get(source) ?? new Map<string, number>()
    reads.set(source, known.set(result, Number(count)))
  }
  return reads
}

function peakMemory(pid: number): number {
  return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) * 1024
}

test('each hostile target ends in a counted failure of its own name, and the honest one beside them is read on time', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tabiji-hostile-'))
  const honest = await startCounter()
  const hostile = await Promise.all(KINDS.map(async (kind) => ({ kind, ...(await startHostile(kind)) })))
  onTestFinished(() => {
    for (const each of [honest, ...hostile]) each.close()
    rmSync(folder, { recursive: true, force: true })
  })
  writeConfig(folder, honest.url)
  const file = join(folder, 'tabiji.yaml')
  const targets = hostile.map(({ url }, i) => `  - { service: hostile-${i}, url: '${url}' }`).join('\n')
  const text = readFileSync(file, 'utf8').replace(
    /targets: \[(.*)\]/,
    (_, one) => `targets:\n  - ${one}\n${targets}\nlimits: { body: 1MiB, series: 2000 }`,
  )
  writeFileSync(file, text.replace('interval: 200ms, timeout: 150ms', 'interval: 800ms, timeout: 750ms'))
  const daemon = await startDaemon(folder)
  onTestFinished(() => void daemon.child.kill('SIGKILL'))

  while (hostile.some(({ asked }) => asked() < ENOUGH)) await pause(50)
  honest.good = 7
  while ((await daemon.booked()) !== 7) await pause(50)

  const reads = await readsOf(daemon.api)
  const said = hostile.map(({ kind, url }, i) => {
    const results = reads.get(`hostile-${i} ${url}`) ?? new Map()
    // On a busy machine an answer may be late besides; what it comes to when it is not is the question.
    const names = [...results].filter(([, count]) => count > 0).map(([result]) => result)
    return [kind, names.filter((result) => result !== 'timeout' || COMES_TO[kind] === 'timeout')]
  })
  expect(said).toEqual(KINDS.map((kind) => [kind, [COMES_TO[kind]]]))
  // The interval is the same for all: it must have been read about as often as the others were asked.
  const ofHonest = reads.get(`shop ${honest.url}`)
  const asked = Math.max(...hostile.map((each) => each.asked()))
  expect(ofHonest?.get('ok')).toBeGreaterThanOrEqual(Math.floor(asked / 2))
  expect([...(ofHonest ?? [])].filter(([result, count]) => result !== 'ok' && count > 1)).toEqual([])
  // Fifteen bodies at the limit of one MiB, over and over: bounded means that nothing of them stays.
  expect(peakMemory(daemon.child.pid as number)).toBeLessThan(384 * MIB)
  expect(await daemon.end()).toBe(0)
})

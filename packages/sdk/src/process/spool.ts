import { mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { HAND_OVER_SCHEMA, type HandOver } from '@tabiji/core/journey'

/** More than this nobody has waiting: it is 11 hours of a process that ends every ten seconds. */
const MOST_FILES = 4_096

/** The collector takes no longer ones. */
const MOST_BYTES = 4 * 1024 ** 2

/** A file that was never given its name was left by a process that was killed while it wrote. */
const ABANDONED_MS = 3_600_000

const WAITING = /^[\w-]{1,64}\.\d{1,16}\.json$/
const UNFINISHED = /^[\w-]{1,64}\.\d{1,16}\.tmp$/

/** A document that waits in the folder. */
type Waiting = { readonly file: string; readonly body: HandOver }

/**
 * A folder in which final counters wait that could not be handed over. Several services may share it.
 *
 * A file is called after its process and the number of events in it. Counters only grow, so what stands behind a name
 * never changes: whoever has handed a file over may delete it without asking whether somebody wrote it anew meanwhile.
 */
export type Spool = {
  /**
   * Writes counters, at once: nothing that waits would still be done when a process exits.
   * @returns undefined, or why it could not be done
   */
  write(body: HandOver, events: number): string | undefined
  /** Takes away what was written of a process, up to so many events: the collector has it. */
  forget(processId: string, events: number): void
  /** What waits of a service, the oldest first. */
  waiting(service: string): Promise<readonly Waiting[]>
  done(file: string): Promise<void>
  /** Keeps a file that can never be taken, under a name that is not tried again. */
  setAside(file: string): Promise<void>
}

export function createSpool(folder: string): Spool {
  const path = (name: string) => join(folder, name)
  return {
    write(body, events) {
      try {
        mkdirSync(folder, { recursive: true, mode: 0o700 })
        const name = `${body.processId}.${events}`
        const there = readdirSync(folder)
        if (there.includes(`${name}.json`)) return undefined
        if (there.length >= MOST_FILES) return `it holds ${there.length} files already`
        const text = JSON.stringify(body)
        if (text.length > MOST_BYTES) return 'they are longer than a collector takes'
        writeFileSync(path(`${name}.tmp`), text, { mode: 0o600, flush: true })
        renameSync(path(`${name}.tmp`), path(`${name}.json`))
        remove(folder, there, body.processId, events - 1)
        return undefined
      } catch (error) {
        return codeOf(error)
      }
    },
    forget(processId, events) {
      try {
        remove(folder, readdirSync(folder), processId, events)
      } catch {
        // Without a folder there is nothing to forget; and a file that stays is told twice, which changes nothing.
      }
    },
    waiting: (service) => readWaiting(folder, service),
    done: (file) => rm(path(file), { force: true }),
    setAside: (file) => rename(path(file), path(`${file}.refused`)),
  }
}

function remove(folder: string, names: readonly string[], processId: string, upTo: number): void {
  for (const name of names) {
    const [id, events] = name.split('.')
    if (id === processId && WAITING.test(name) && Number(events) <= upTo) rmSync(join(folder, name), { force: true })
  }
}

/** One file at a time: a full folder must not use up the handles that the service needs. */
async function readWaiting(folder: string, service: string): Promise<readonly Waiting[]> {
  const found: (Waiting & { readonly mtimeMs: number })[] = []
  for (const name of await readdir(folder).catch(() => [])) {
    const file = join(folder, name)
    const { size = 0, mtimeMs = 0 } = await stat(file).catch(() => ({ size: 0, mtimeMs: 0 }))
    if (UNFINISHED.test(name) && Date.now() - mtimeMs > ABANDONED_MS) await rm(file, { force: true })
    if (!WAITING.test(name) || size > MOST_BYTES) continue
    const body = parse(await readFile(file, 'utf8').catch(() => ''))
    if (body?.service === service) found.push({ file: name, body, mtimeMs })
  }
  return found.sort((a, b) => a.mtimeMs - b.mtimeMs)
}

/** Only who the document is from is looked at here; the collector judges the rest. */
function parse(text: string): HandOver | undefined {
  try {
    const value = JSON.parse(text) as Partial<HandOver> | null
    return value?.schema === HAND_OVER_SCHEMA ? (value as HandOver) : undefined
  } catch {
    return undefined
  }
}

function codeOf(error: unknown): string {
  const { code } = Object(error) as { code?: unknown }
  return typeof code === 'string' ? code : 'UNKNOWN'
}

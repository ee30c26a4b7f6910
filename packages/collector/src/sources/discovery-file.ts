import { readdir, readFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { Discovery, Found, FoundTarget } from '../ports/discovery.ts'
import { decodeTargetList, type TargetListRules } from '../wire/target-list.ts'

export type FileDiscovery = Omit<TargetListRules, 'file'> & {
  readonly name: string
  readonly refreshMs: number
  /** Absolute paths; `*` in the last part stands for any characters, as Prometheus takes it. */
  readonly files: readonly string[]
}

/**
 * Finds targets in files that somebody else writes. A file that cannot be read, or is no list while it is being written,
 * keeps the targets that it last had; one that is gone has none.
 */
export function createFileDiscovery(place: FileDiscovery): Discovery {
  const last = new Map<string, readonly FoundTarget[]>()
  return {
    name: place.name,
    refreshMs: place.refreshMs,
    find: async (): Promise<Found> => {
      const files = [...new Set((await Promise.all(place.files.map(matching))).flat())].sort()
      for (const file of [...last.keys()]) if (!files.includes(file)) last.delete(file)
      const told = await Promise.all(files.map((file) => lookAt(file, place, last)))
      return { ok: true, targets: files.flatMap((file) => last.get(file) ?? []), warnings: told.flat() }
    },
  }
}

/** @returns what there is to say about the file */
async function lookAt(
  file: string,
  { label, service }: FileDiscovery,
  last: Map<string, readonly FoundTarget[]>,
): Promise<readonly string[]> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => error)
  if (text instanceof Error) {
    // Without a star it was named, so somebody expects it there.
    if (text.code === 'ENOENT') last.delete(file)
    return [`${file} cannot be read (${text.code})`]
  }
  const list = decodeTargetList(text, { file, label, ...(service !== undefined && { service }) })
  if (list.ok) last.set(file, list.targets)
  const kept = list.ok ? '' : '; its last targets are kept'
  return list.problems.map(({ at, message }) => `${file}:${at?.line}:${at?.column}: ${message}${kept}`)
}

async function matching(pattern: string): Promise<readonly string[]> {
  const [folder, last] = [dirname(pattern), basename(pattern)]
  if (!last.includes('*')) return [pattern]
  const parts = last.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
  const form = new RegExp(`^${parts.join('.*')}$`)
  const names = await readdir(folder).catch(() => [])
  return names.filter((name) => form.test(name)).map((name) => join(folder, name))
}

import { spawnSync } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

/** Mounting needs rights that not everybody has; where it must work, its failure is told. */
export const cannotMount = process.getuid?.() !== 0 && process.env['CI'] !== 'true'

/** A folder on a disk of its own that is small. */
export function smallDisk(): string {
  const folder = mkdtempSync(join(tmpdir(), 'tabiji-small-disk-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', folder], { encoding: 'utf8' })
  if (mounted.status !== 0) throw new Error(`Expected to mount a small disk: ${mounted.stderr}`)
  onTestFinished(() => void spawnSync('umount', ['-l', folder]))
  return folder
}

/** Takes all the room that there is on the disk of the folder. */
export function fill(folder: string): string {
  const file = join(folder, 'filler')
  const opened = openSync(file, 'w')
  try {
    for (let size = 64 * 1024; size >= 1; ) {
      try {
        writeSync(opened, Buffer.alloc(size))
      } catch {
        size = Math.floor(size / 2)
      }
    }
  } finally {
    closeSync(opened)
  }
  return file
}

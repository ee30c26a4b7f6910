import { createHash } from 'node:crypto'
import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/**
 * Runs `work` while no other process runs it for the same folder. The lock is a file that names its owner; it appears
 * complete, because it is written under another name and then linked, and linking fails when the name is taken. It stands
 * outside the folder, whose contents the work may replace. A lock whose owner is gone is removed.
 *
 * @param folder path of what must not be worked on twice at once
 * @param onWait called once, when another process has to be waited for
 */
export function onlyOne(folder, onWait, work) {
  const name = createHash('sha256').update(folder).digest('hex').slice(0, 16)
  const lock = join(tmpdir(), `tabiji-${name}.lock`)
  for (let waited = false; !take(lock); waited = true) {
    if (!waited) onWait()
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200)
  }
  try {
    return work()
  } finally {
    rmSync(lock, { force: true })
  }
}

function take(lock) {
  const own = `${lock}.${process.pid}`
  writeFileSync(own, String(process.pid))
  try {
    linkSync(own, lock)
    return true
  } catch (error) {
    if (error.code !== 'EEXIST') throw error
    const owner = readOwner(lock)
    if (owner !== undefined && !isAlive(owner)) rmSync(lock, { force: true })
    return false
  } finally {
    rmSync(own, { force: true })
  }
}

function readOwner(lock) {
  try {
    return Number(readFileSync(lock, 'utf8'))
  } catch {
    return undefined // Given free in the meantime.
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM' // Somebody else's process.
  }
}

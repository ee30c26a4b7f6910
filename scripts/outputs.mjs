import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'

/**
 * The compiler believes its note of the last build (`tsconfig.tsbuildinfo`) without looking whether the outputs are still
 * there. Removes the notes of workspaces whose `dist` somebody deleted, so that they are built again.
 */
export function forgetDeleted(workspace) {
  if (!existsSync(join(workspace, 'dist'))) rmSync(join(workspace, 'tsconfig.tsbuildinfo'), { force: true })
}

/**
 * The compiler leaves the outputs of deleted sources behind: imports of them would go on working here, and nowhere else.
 * Removes every output under `dist` that has no source under `src`.
 *
 * @returns how many files were removed
 */
export function removeStale(workspace, folder = '') {
  const dist = join(workspace, 'dist', folder)
  if (!existsSync(dist)) return 0
  let removed = 0
  for (const entry of readdirSync(dist, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) removed += removeStale(workspace, path)
    const source = path.replace(/(\.d\.ts|\.js)(\.map)?$/, '.ts')
    if (entry.isDirectory() || source === path || existsSync(join(workspace, 'src', source))) continue
    rmSync(join(workspace, 'dist', path))
    removed += 1
  }
  return removed
}

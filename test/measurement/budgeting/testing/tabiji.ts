import { execFile } from 'node:child_process'
import { join } from 'node:path'

const TABIJI = join(import.meta.dirname, '../../../../packages/collector/bin/tabiji.js')

/** The command as people run it: a process of its own. */
export function runTabiji(...words: readonly string[]) {
  return new Promise<{ exit: number; stdout: string; stderr: string }>((resolve) => {
    const child = execFile(process.execPath, [TABIJI, ...words], (_error, stdout, stderr) =>
      resolve({ exit: child.exitCode ?? -1, stdout, stderr }),
    )
  })
}

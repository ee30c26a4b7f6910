import { randomUUID } from 'node:crypto'
import { accessSync, constants, existsSync, statSync, unlinkSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import type { Examined, Finding } from '../../ports/doctor.ts'

/** Whether final counters could be written to the folder by whoever asks. It is tried, because rights alone do not tell. */
export function examineSpool(folder: string): Examined {
  const what = faultOf(folder)
  const findings: readonly Finding[] =
    what === undefined
      ? []
      : [
          {
            code: 'DOCTOR_SPOOL',
            severity: 'error',
            where: folder,
            what,
            why: 'a process that ends while the collector is away loses what it counted since the last reading',
            fix: 'make it a folder that the user of the service may write, on a volume that outlives the process',
          },
        ]
  return { findings, looked: [`spool ${folder}`], notLooked: [] }
}

function faultOf(folder: string): string | undefined {
  try {
    if (!existsSync(folder)) {
      // The SDK makes it when it is needed.
      const above = nearestAbove(folder)
      accessSync(above, constants.W_OK)
      return statSync(above).isDirectory() ? undefined : `${above} is no folder`
    }
    if (!statSync(folder).isDirectory()) return 'it is no folder'
    const file = join(folder, `.tabiji-doctor-${randomUUID()}`)
    writeFileSync(file, '', { flag: 'wx' })
    unlinkSync(file)
    return undefined
  } catch (error) {
    return `it cannot be written (${(error as NodeJS.ErrnoException).code})`
  }
}

function nearestAbove(folder: string): string {
  let at = resolve(folder)
  while (!existsSync(at)) at = dirname(at)
  return at
}

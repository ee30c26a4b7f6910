import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { createAnnotations } from '../jobs/alert/annotations.ts'
import { AVAILABILITY, definitionOf } from '../jobs/testing/books.ts'
import type { Annotations } from '../ports/annotations.ts'
import type { HookLog } from '../ports/hook-log.ts'
import { createAnnotationStore } from '../store/annotation-store.ts'
import { openDatabase } from '../store/database.ts'
import { createHookLog } from '../store/hook-log.ts'

export type AnnotationDesk = {
  readonly annotations: Annotations
  readonly log: HookLog
  readonly clock: { now: number }
  /** Closes the file and opens it again, as a restart does. */
  reopen(): Pick<AnnotationDesk, 'annotations' | 'log'>
}

/** Annotations on a real store that goes with the test: Tuesday, 13:40 in Tokyo; the journey `checkout`, the service `shop`. */
export function openAnnotationDesk(): AnnotationDesk {
  const folder = mkdtempSync(join(tmpdir(), 'tabiji-annotations-'))
  const clock = { now: Date.parse('2026-10-20T13:40:00+09:00') }
  let open = openDatabase(join(folder, 'tabiji.db'), clock.now)
  onTestFinished(() => {
    open.close()
    rmSync(folder, { recursive: true, force: true })
  })
  const rooms = () => ({
    annotations: createAnnotations({
      store: createAnnotationStore(open.database),
      definition: () => definitionOf(AVAILABILITY),
      services: () => ['shop'],
      now: () => clock.now,
    }),
    log: createHookLog(open.database),
  })
  return {
    ...rooms(),
    clock,
    reopen: () => {
      open.close()
      open = openDatabase(join(folder, 'tabiji.db'), clock.now)
      return rooms()
    },
  }
}

import { settingsOf } from '../jobs/budget/settings.ts'
import { createDoctor } from '../jobs/ledger/doctor.ts'
import type { Doctor } from '../ports/doctor.ts'
import type { LoadedSettings } from '../ports/settings.ts'
import type { House } from './house.ts'
import { ownVersion } from './version.ts'

/** What is in force, and a look at the services by it. */
export function openSettings({ config, judge, examine, now }: House): {
  readonly settings: () => LoadedSettings
  readonly doctor?: Doctor
} {
  const { ledger, evaluation } = config
  const versions = { tabiji: ownVersion(), node: process.versions.node }
  const stated = { grid: ledger.grid, keepMs: ledger.keepMs, evaluationMs: evaluation.intervalMs, versions }
  return {
    settings: () => settingsOf({ ...stated, definition: judge().definition }),
    ...(examine !== undefined && { doctor: createDoctor(() => examine(judge().definition), now) }),
  }
}

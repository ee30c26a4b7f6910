import type { AlertStore } from '../ports/alert-store.ts'
import type { AnnotationStore } from '../ports/annotations.ts'
import type { CommandLog } from '../ports/command-log.ts'
import type { CorrectionStore } from '../ports/correction-store.ts'
import type { DigestStore } from '../ports/digests.ts'
import type { DoubtStore } from '../ports/doubt-store.ts'
import type { DrillStore } from '../ports/drill-store.ts'
import type { DurationStore } from '../ports/duration-store.ts'
import type { ForeignStore } from '../ports/foreign-alerts.ts'
import type { GatedStore } from '../ports/gated-store.ts'
import type { LifeSigns } from '../ports/heartbeat.ts'
import type { HookLog } from '../ports/hook-log.ts'
import type { LedgerStore } from '../ports/ledger-store.ts'
import type { LogKeeping } from '../ports/log-keeping.ts'
import type { MaintenanceStore } from '../ports/maintenance.ts'
import type { PagerIncidents } from '../ports/pager-incidents.ts'
import type { PastStore } from '../ports/past-store.ts'
import type { PracticeStore } from '../ports/practice-store.ts'
import type { ReportStore } from '../ports/reports.ts'
import type { SilenceStore } from '../ports/silence-store.ts'
import type { TrackerStates } from '../ports/tracker.ts'
import type { TroubleStore } from '../ports/trouble-store.ts'
import type { WorkStore } from '../ports/work-store.ts'
import { createAlertStore } from '../store/alert-store.ts'
import { createAnnotationStore } from '../store/annotation-store.ts'
import { countChanges } from '../store/changes.ts'
import { createCommandLog } from '../store/command-log.ts'
import { createCorrectionStore } from '../store/correction-store.ts'
import { openDatabase } from '../store/database.ts'
import { createDigestStore } from '../store/digest-store.ts'
import { createDoubtStore } from '../store/doubt-store.ts'
import { createDrillStore } from '../store/drill-store.ts'
import { createDurationStore } from '../store/duration-store.ts'
import { createForeignStore } from '../store/foreign-store.ts'
import { createGatedStore } from '../store/gated-store.ts'
import { createHookLog } from '../store/hook-log.ts'
import { createLedgerStore } from '../store/ledger-store.ts'
import { createLifeSigns } from '../store/life-signs.ts'
import { createLogKeeping } from '../store/log-keeping.ts'
import { createMaintenanceStore } from '../store/maintenance-store.ts'
import { createPagerIncidents } from '../store/pager-incidents.ts'
import { createPastStore } from '../store/past-store.ts'
import { createPracticeStore } from '../store/practice-store.ts'
import { createReportStore } from '../store/report-store.ts'
import { createSilenceStore } from '../store/silence-store.ts'
import { createTrackerStates } from '../store/tracker-states.ts'
import { createTroubleStore } from '../store/trouble-store.ts'
import { createWorkStore } from '../store/work-store.ts'

/** Everything that is kept, in one SQLite file. */
export type Stores = {
  readonly ledger: LedgerStore
  readonly keeping: LogKeeping
  readonly alerts: AlertStore
  readonly work: WorkStore
  /** The copy that was made before the file was brought to the present layout. */
  readonly copiedTo?: string
  readonly doubts: DoubtStore
  readonly corrections: CorrectionStore
  readonly durations: DurationStore
  readonly past: PastStore
  readonly annotations: AnnotationStore
  readonly hooks: HookLog
  readonly pagerIncidents: PagerIncidents
  readonly commands: CommandLog
  readonly foreign: ForeignStore
  readonly drills: DrillStore
  readonly signs: LifeSigns
  readonly troubles: TroubleStore
  readonly gated: GatedStore
  readonly silences: SilenceStore
  readonly maintenance: MaintenanceStore
  readonly digests: DigestStore
  readonly practice: PracticeStore
  readonly trackers: TrackerStates
  readonly reports: ReportStore
  /** How much was written, since it was opened, of what months are told from; entries of the log are not in it. */
  changes(): number
  /** What is wrong with the file now, if anything. */
  trouble(): string | undefined
  close(): void
}

/** Opens the store's file, or creates it. @throws StoreError when it cannot be used */
export function openStores(file: string, now: number): Stores {
  const { database, copiedTo, trouble, close } = openDatabase(file, now)
  return {
    ledger: createLedgerStore(database),
    keeping: createLogKeeping(database),
    alerts: createAlertStore(database),
    work: createWorkStore(database),
    ...(copiedTo !== undefined && { copiedTo }),
    doubts: createDoubtStore(database),
    corrections: createCorrectionStore(database),
    durations: createDurationStore(database),
    past: createPastStore(database),
    annotations: createAnnotationStore(database),
    hooks: createHookLog(database),
    pagerIncidents: createPagerIncidents(database),
    commands: createCommandLog(database),
    foreign: createForeignStore(database),
    drills: createDrillStore(database),
    signs: createLifeSigns(database),
    troubles: createTroubleStore(database),
    gated: createGatedStore(database),
    silences: createSilenceStore(database),
    maintenance: createMaintenanceStore(database),
    digests: createDigestStore(database),
    practice: createPracticeStore(database),
    trackers: createTrackerStates(database),
    reports: createReportStore(database),
    changes: countChanges(database),
    trouble,
    close,
  }
}

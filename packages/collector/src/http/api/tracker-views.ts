import type { TrackerView } from '../../ports/tracker.ts'

/** Figures of fixes, and how old what they were made of is, where there are trackers. */
export function beside<Figures extends object>(figures: Figures, trackers: readonly TrackerView[]): object {
  return trackers.length === 0 ? figures : { ...figures, trackers }
}

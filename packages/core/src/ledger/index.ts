export type { Account } from './account.ts'
export { type Booking, type BookingNote, type BookingRules, bookReading } from './booking.ts'
export {
  accountNumber,
  applyEntries,
  applyRow,
  type Books,
  COLUMNS,
  cell,
  coveredSeconds,
  type Edge,
  emptyBooks,
  type LogRow,
  moveEdge,
  numberOf,
} from './books.ts'
export { mayWiden, type WideningDue, wideningDue, widenRows } from './compaction.ts'
export { bookDeltas, DELTA_HORIZON_MS, type DeltaBooking, type Interval } from './delta.ts'
export { type Doubt, estimateDoubt, type Look, type Pace, paceBetween } from './doubt.ts'
export { durationsAdded, type StepDurations } from './durations.ts'
export type { Entry } from './entry.ts'
export {
  isCovered,
  isPlaced,
  isReversal,
  type Marks,
  type PackedSlot,
  packCounts,
  packEntries,
  packNumbers,
  unpackCounts,
  unpackEntries,
  unpackNumbers,
} from './packing.ts'
export { type AccountCounts, eachAccount, type Position } from './position.ts'
export {
  type DeltaPoint,
  type DeltaReading,
  type Reading,
  ROLES,
  type Role,
  type Speaker,
  type StepReading,
  type Told,
} from './reading.ts'
export { readEntries } from './second-reader.ts'
export { edgeAt, floorTo, type Grid, type Slot, slotAt, type Tier } from './slot.ts'
export {
  accountName,
  type Claims,
  type Disagreement,
  type EdgeClaim,
  type Measure,
  type PositionClaim,
  type StoredRow,
  type Verification,
} from './verification.ts'
export { verifyBooks } from './verify.ts'

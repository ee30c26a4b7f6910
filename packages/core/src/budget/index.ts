export { CONFIDENCES, WORKBOOK_POLICY } from '../journey/index.ts'
export { type Advice, adviseOn, type ObjectiveAdvice, type Ring } from './advice.ts'
export { adviceSentences, spaced } from './advice-text.ts'
export { calendarRange, elapsedPpm } from './calendar.ts'
export {
  CORRECTION_CATEGORIES,
  type Correction,
  type CorrectionCategory,
  type CorrectionSummary,
  correctionKey,
  excludedRanges,
  isFor,
  stretchesOf,
  summarizeCorrection,
  type Withdrawal,
} from './correction.ts'
export {
  type CorrectionContext,
  type CorrectionRequest,
  decideCorrection,
  decideWithdrawal,
  unknownCorrection,
} from './correction-command.ts'
export {
  type CoursePlan,
  type CoursePoint,
  type CourseReader,
  closeCourse,
  countRow,
  courseStart,
  openCourse,
} from './course.ts'
export { courseGrid } from './course-grid.ts'
export {
  type CourseGroup,
  condense,
  eventsOf,
  gapsOf,
  type Highlights,
  highlightsOf,
  lateSharePpm,
} from './course-groups.ts'
export { courseWindows } from './course-windows.ts'
export {
  type CompiledObjective,
  compileEvaluator,
  type Evaluator,
  holdsAt,
  isCalmAt,
  judge,
  type PairReading,
  readPairs,
  refreshAccounts,
  tallyBetween,
  type WindowRows,
} from './evaluation.ts'
export { spentWithinMs } from './exhaustion.ts'
export { type Flow, flowOf } from './flow.ts'
export { isProven, quantileOf, wilsonLowerBound } from './guard.ts'
export { factorMilliOf, factorOf, keepOf, PPM, periodOf, policyOf, spentWhenRinging, thresholdOf } from './policy.ts'
export { compareProducts, exceeds, type Ratio, ratio } from './ratio.ts'
export { resolutionProblems, type Traffic } from './resolution.ts'
export {
  closeSlices,
  createSliceBook,
  forgetSlices,
  judgeSlice,
  type SliceBook,
  type SliceSums,
  setSlice,
  sumSlices,
  unitOf,
} from './slices.ts'
export { type BudgetPart, burnRateMilli, hasSpentMoreThan, type Spending, spendingOf } from './spending.ts'
export { type DurationBucket, eventsWithin, type LowTraffic, lowTraffic, tightestEdge } from './suggestion.ts'
export { compileSweep, type Sweep, type SweepPoints, sweep } from './sweep.ts'
export { type Work, workOn, worstWorks } from './work.ts'

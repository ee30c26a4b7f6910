export { type Foreign, foreignJourneys, type Measured } from './foreign.ts'
export {
  type CounterMemory,
  emptyMemory,
  forgetBefore,
  type Interval,
  increases,
  NotACount,
  remember,
  type Series,
  split,
} from './increase.ts'
export type { OpenSloDocument } from './openslo-document.ts'
export { exportOpenSlo } from './openslo-export.ts'
export { importOpenSlo } from './openslo-import.ts'
export { type Located, type OpenSloRead, readOpenSlo } from './openslo-read.ts'
export { writeJourneys, writeOpenSlo } from './openslo-write.ts'
export type { Ask, Question } from './question.ts'
export { judgeAmounts, judgeValues } from './sampled.ts'

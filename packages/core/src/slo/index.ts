export { INDICATOR, type Indicator, objectiveId, type Tally, tally } from './indicator.ts'

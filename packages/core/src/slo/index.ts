export { edgeProblems } from './edges.ts'
export { goodIn, INDICATOR, type Indicator, objectiveId, type Tally, tally } from './indicator.ts'

export { edgeProblems } from './edges.ts'
export { INDICATOR, type Indicator, objectiveId, type Tally, tally } from './indicator.ts'

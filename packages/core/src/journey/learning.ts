export { readObservations } from './observation-reader.ts'
export { sumObservations } from './observed.ts'
export { patchJourneys, roundedMs } from './patch.ts'
export { type MeasuredStep, type Proposal, type ProposedStep, proposeSteps, type Undecided } from './proposal.ts'

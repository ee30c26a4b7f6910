export { journeyRules, ruleNotes } from './journey-rules.ts'
export type { RuleFile } from './rule-file.ts'
export { type Origin, ruleText, SIGNATURE, unitTestText } from './text.ts'
export { journeyUnitTests, type UnitTests } from './unit-tests.ts'

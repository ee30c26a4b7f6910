export { journeyRules, ruleNotes } from './journey-rules.ts'
export { ALERT, labelsOf, ratioName, SEVERITY, SLOTH, slothId } from './names.ts'
export {
  RULED,
  type Ruled,
  type RuledAlert,
  type RuledSample,
  type RuledWindow,
  readRuled,
  ruledBudget,
  ruledBurnMilli,
  ruledRules,
  stretchExpr,
} from './results.ts'
export type { RuleFile } from './rule-file.ts'
export { type Origin, ruleText, SIGNATURE, unitTestText } from './text.ts'
export type { UnitTests } from './unit-test-file.ts'
export { journeyUnitTests } from './unit-tests.ts'

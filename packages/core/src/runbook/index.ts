export { type Choice, type Considered, chooseRunbook, type Situation } from './choice.ts'
export { type FrontMatter, isSymptom, readFrontMatter } from './front-matter.ts'
export { namedRunbook } from './named.ts'
export { outlineOf } from './outline.ts'
export {
  type PageItem,
  type PageNode,
  type PageSection,
  type RunbookPage,
  runbookPage,
  sectionsFor,
} from './page.ts'
export { type Help, type Page, type RankedRule, rankRules } from './ranking.ts'
export { ageProblems, scopeProblems, uncovered } from './review.ts'
export { OUTCOME_SYMPTOMS, type Runbook, type Scope, type Symptom, scopeText } from './runbook.ts'
export { situationOf } from './situation.ts'
export { runbookTemplate, type TemplateAsk } from './template.ts'

export { hasErrors, type Locate, locateProblems, type Path, type Place, type Problem } from './problem.ts'
export { type Checked, checkShape } from './shape.ts'
export { expected, hintFor, named, problem, type Remarks, show, unknownName } from './wording.ts'

export { hasErrors, type Locate, locateProblems, type Path, type Place, type Problem } from './problem.ts'
export { renderProblems, type Sources, type Width } from './render.ts'
export { type Checked, checkShape } from './shape.ts'
export { expected, hintFor, isToldAsMisspelt, named, problem, type Remarks, show, unknownName } from './wording.ts'

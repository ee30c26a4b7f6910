export { checkKnown, checkText, type Decision, decide, recorded, refusal, type Scribe } from './decision.ts'
export { entriesOf, itemsOf, readPart } from './part.ts'
export { hasErrors, type Locate, locateProblems, type Path, type Place, type Problem } from './problem.ts'
export { list, object, optional, record, someOf } from './read-object.ts'
export { as, formOf, numberBy, oneOf, such, textBy, whole } from './read-value.ts'
export { isObject, type Read, type Reader, readSilently, readWhole } from './reader.ts'
export { renderProblems, type Sources, type Width } from './render.ts'
export { type Checked, checkShape } from './shape.ts'
export {
  expected,
  hintFor,
  isToldAsMisspelt,
  named,
  nearestOf,
  problem,
  type Remarks,
  show,
  unknownName,
} from './wording.ts'

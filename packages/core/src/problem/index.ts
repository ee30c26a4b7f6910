export { hasErrors, type Place, type Problem } from './problem.ts'

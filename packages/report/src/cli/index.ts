export { renderHelp } from './command.ts'
export { progressOn } from './progress.ts'
export { run } from './run.ts'

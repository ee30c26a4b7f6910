/** Copies of the store, for commands that work on files and not on a daemon. */
export { backUp, type Progress, restore } from '../store/backup.ts'

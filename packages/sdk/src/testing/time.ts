export { movedTime } from '../moved-time.ts'

export { type Reading, ROLES, type Role, type Speaker, type StepReading } from './reading.ts'

export {
  type Addresses,
  type App,
  createApp,
  createLog,
  type Logger,
  type Surroundings,
} from './app/app.ts'
export { type BooksByHand, type Network, openBooks } from './app/books.ts'
export { tuneHeap } from './app/heap.ts'
export { importHistory, readHistory } from './app/history.ts'
export { createExpositionParser } from './app/parts.ts'
export type { Config } from './config/config.ts'
export type { AlertDetail, JourneyWork, Overview } from './ports/api.ts'

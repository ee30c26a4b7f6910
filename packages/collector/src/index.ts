export { type Addresses, type App, createApp, createLog, type Logger, type Surroundings } from './app/app.ts'
export type { Config } from './config/config.ts'
export type { AlertDetail, Overview } from './ports/api.ts'
export {
  createExpositionParser,
  type Exposition,
  type ExpositionLimits,
  type ExpositionParser,
} from './wire/exposition.ts'

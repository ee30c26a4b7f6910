export { defineJourneys, exportJourneys, type Journeys } from '@tabiji/core/journey'
export type { DropReason, SdkProblem } from './dropped.ts'
export type { Closed } from './hand-over.ts'
export type { ErrorHandler, Handler, Next } from './http.ts'
export type { JobOptions, JobScope } from './job.ts'
export type {
  BookedEvent,
  ClusterOptions,
  HandOverOptions,
  MetricRegistry,
  RecorderOptions,
  TimeSource,
} from './options.ts'
export { createRecorder, type Recorder } from './recorder.ts'
export type { ClosableServer, ShutdownOptions, SignalName } from './shutdown.ts'
export type { JourneyOf, StepOf } from './typed-steps.ts'
export { SDK_VERSION } from './version.ts'

import { createRequire } from 'node:module'
import type * as Instrumentation from '@opentelemetry/instrumentation'
import type * as ExpressInstrumentations from '@opentelemetry/instrumentation-express'
import type * as HttpInstrumentations from '@opentelemetry/instrumentation-http'
import type * as SdkMetrics from '@opentelemetry/sdk-metrics'
import { createRecorder } from '@tabiji/sdk'
import { journeyProducer } from '@tabiji/sdk/otel'
import type ExpressModule from 'express'
import type { Express, RequestHandler } from 'express'
import type PromBundle from 'express-prom-bundle'
import type * as PromClient from 'prom-client'
import { journeys } from './sdk-journeys.ts'

/** What stands around the same handler; `bare` twice, so that the method's own bias is seen. */
export const VARIANTS = ['bare', 'bare-again', 'ours', 'express-prom-bundle', 'prometheus-api-metrics', 'otel'] as const
export type Variant = (typeof VARIANTS)[number]

/** An app that is measured, and how many requests its measuring has counted. */
export type Measured = { readonly app: Express; counted(): Promise<number> }

const ROUTE = '/v1/measurements/:id'

/**
 * Loaded with `require`, all variants alike: instrumentations of OpenTelemetry reach modules in the moment in which
 * they are required, and some peers cannot be imported as ES modules.
 */
const require = createRequire(import.meta.url)

const BUILD: Readonly<Record<Variant, () => Measured>> = {
  bare: () => bare(),
  'bare-again': () => bare(),
  ours,
  'express-prom-bundle': promBundle,
  'prometheus-api-metrics': apiMetrics,
  otel,
}

export const build = (variant: Variant): Measured => BUILD[variant]()

function newApp(...before: readonly RequestHandler[]): Express {
  const express = require('express') as typeof ExpressModule
  const app = express()
  for (const each of before) app.use(each)
  return app
}

const answer: RequestHandler = ({ params }, response) => {
  response.json({ id: params['id'], left: 251, right: 253 })
}

function bare(): Measured {
  const app = newApp()
  app.get(ROUTE, answer)
  return { app, counted: async () => Number.NaN }
}

/** Into both worlds: the registry of prom-client, and a reader of OpenTelemetry that collects as the peer's does. */
function ours(): Measured {
  const { Registry } = require('prom-client') as typeof PromClient
  const metrics = require('@opentelemetry/sdk-metrics') as typeof SdkMetrics
  const registry = new Registry()
  const recorder = createRecorder(journeys, { registry, service: 'bench' })
  const exporter = new metrics.InMemoryMetricExporter(metrics.AggregationTemporality.CUMULATIVE)
  const metricProducers = [journeyProducer(recorder)]
  const reader = new metrics.PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 15_000, metricProducers })
  new metrics.MeterProvider({ readers: [reader] })
  const app = newApp(recorder.express())
  app.get(ROUTE, recorder.step('view-result', 'read'), answer)
  return { app, counted: async () => sumOf(await registry.metrics(), /^journey_step_events_total\{/) }
}

function promBundle(): Measured {
  const bundle = require('express-prom-bundle') as typeof PromBundle
  const { register } = require('prom-client') as typeof PromClient
  const app = newApp(bundle({ includeMethod: true, includePath: true, includeStatusCode: true, autoregister: false }))
  app.get(ROUTE, answer)
  return { app, counted: async () => sumOf(await register.metrics(), /^http_request_duration_seconds_count\{/) }
}

function apiMetrics(): Measured {
  const middleware = require('prometheus-api-metrics') as (options?: object) => RequestHandler
  const { register } = require('prom-client') as typeof PromClient
  const app = newApp(middleware())
  app.get(ROUTE, answer)
  return { app, counted: async () => sumOf(await register.metrics(), /^http_request_duration_seconds_count\{/) }
}

/** Metrics alone: the http instrumentation counts and times, the one for express finds the route. */
function otel(): Measured {
  const { registerInstrumentations } = require('@opentelemetry/instrumentation') as typeof Instrumentation
  const { HttpInstrumentation } = require('@opentelemetry/instrumentation-http') as typeof HttpInstrumentations
  const { ExpressInstrumentation } = require('@opentelemetry/instrumentation-express') as typeof ExpressInstrumentations
  const metrics = require('@opentelemetry/sdk-metrics') as typeof SdkMetrics
  const exporter = new metrics.InMemoryMetricExporter(metrics.AggregationTemporality.CUMULATIVE)
  const reader = new metrics.PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 15_000 })
  const meterProvider = new metrics.MeterProvider({ readers: [reader] })
  registerInstrumentations({
    meterProvider,
    instrumentations: [new HttpInstrumentation(), new ExpressInstrumentation()],
  })
  // So that the server that the app listens with is patched, too.
  require('node:http')
  const app = newApp()
  app.get(ROUTE, answer)
  const counted = async () => {
    const { resourceMetrics } = await reader.collect()
    const durations = resourceMetrics.scopeMetrics
      .flatMap((scope) => scope.metrics)
      .find(({ descriptor }) => descriptor.name === 'http.server.request.duration')
    if (durations?.dataPointType !== metrics.DataPointType.HISTOGRAM) return 0
    return durations.dataPoints.reduce((sum, { value }) => sum + value.count, 0)
  }
  return { app, counted }
}

function sumOf(exposition: string, series: RegExp): number {
  const lines = exposition.split('\n').filter((line) => series.test(line))
  return lines.reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' ') + 1)), 0)
}

import type { IncomingMessage, ServerResponse } from 'node:http'
import type { StepReference } from '@tabiji/core/journey'
import type { MatchOptions } from './frameworks.ts'
import type { StepHandler } from './http/step.ts'
import type { Recorder } from './recorder.ts'

/** Where a decorator leaves the step: on the handler itself, or on the controller. */
const DECLARED = Symbol.for('tabiji.step')
type Declaring = { readonly [DECLARED]?: StepReference }

/** What is needed of a Nest application, whichever adapter it has. */
export interface NestApp {
  use(middleware: (request: IncomingMessage, response: ServerResponse, next: () => void) => void): unknown
  useGlobalGuards(guard: { canActivate(context: NestContext): boolean }): unknown
  useGlobalInterceptors(interceptor: { intercept(context: NestContext, next: NestCall): never }): unknown
}

/** What is needed of Nest's `ExecutionContext`. */
export interface NestContext {
  getType(): string
  getHandler(): object
  getClass(): object
  switchToHttp(): { getRequest(): unknown; getResponse(): unknown }
}

type NestCall = { handle(): unknown }
type Observer = { next(value: unknown): void; error(error: unknown): void; complete(): void }
type Source = { subscribe(observer: Observer): unknown }

/** Declares the step of a route, or of all routes of a controller; the route's own wins. */
export function Journey(
  declared: StepReference,
): (target: object, name?: string | symbol, method?: PropertyDescriptor) => void {
  return (target, _name, method) => {
    Object.defineProperty(method === undefined ? target : method.value, DECLARED, { value: declared })
  }
}

/**
 * Measures a Nest application, at the close of its responses. Call it before anything else is set on the app: its guard
 * must be the first, so that requests count that other guards refuse. What ends before the guards, in a middleware or as
 * a path that no controller has, counts with `match`.
 */
export function useJourneys(app: NestApp, recorder: Recorder, options?: MatchOptions): void {
  const steps = new WeakMap<object, StepHandler>()
  const stepOf = (declaring: object & Declaring) => {
    const declared = declaring[DECLARED]
    if (declared === undefined) return undefined
    const step = steps.get(declaring) ?? recorder.step(declared)
    steps.set(declaring, step)
    return step
  }
  const tell = recorder.expressError()

  app.use(recorder.express(options))
  app.useGlobalGuards({
    canActivate(context) {
      if (context.getType() !== 'http') return true
      const step = stepOf(context.getHandler()) ?? stepOf(context.getClass())
      const { request, response } = pairOf(context)
      step?.(request, response, nothing)
      return true
    },
  })
  app.useGlobalInterceptors({
    intercept(context, next) {
      const source = next.handle() as Source
      if (context.getType() !== 'http') return source as never
      const { request, response } = pairOf(context)
      return watchThrown(source, (error) => tell(error, request, response, nothing)) as never
    },
  })
}

/** Nest's observable again, with an ear for its error; made by its own constructor, so that nothing has to be imported. */
function watchThrown(source: Source, note: (error: unknown) => void): Source {
  const Observable = source.constructor as new (subscribe: (observer: Observer) => unknown) => Source
  return new Observable((observer) =>
    source.subscribe({
      next: (value) => observer.next(value),
      error(error) {
        note(error)
        observer.error(error)
      },
      complete: () => observer.complete(),
    }),
  )
}

/** Node's own request and response; fastify's adapter wraps them. */
function pairOf(context: NestContext): { readonly request: IncomingMessage; readonly response: ServerResponse } {
  const http = context.switchToHttp()
  return { request: rawOf(http.getRequest()), response: rawOf(http.getResponse()) }
}

function rawOf<T>(value: unknown): T {
  return (typeof value === 'object' && value !== null && 'raw' in value ? value.raw : value) as T
}

function nothing(): void {}

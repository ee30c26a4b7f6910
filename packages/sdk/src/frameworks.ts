import type { Definition, StepReference } from '@tabiji/core/journey'
import type { Rule } from './event/rule.ts'
import { watchServers } from './http/channel.ts'
import { type ErrorHandler, expressError, expressMiddleware, type Handler } from './http/express.ts'
import { type FastifyPlugin, fastifyPlugin } from './http/fastify.ts'
import { type HonoHandler, honoMiddleware } from './http/hono.ts'
import { type KoaHandler, koaMiddleware } from './http/koa.ts'
import { createMatch } from './http/match.ts'
import { type Listener, nodeListener } from './http/node.ts'
import type { Match, Requests } from './http/requests.ts'
import { type StepHandler, stepHandler, undeclaredHandler } from './http/step.ts'
import type { DeclaredStep, JourneyOf, StepOf } from './typed-steps.ts'

export type MatchOptions = {
  /**
   * Claims requests by the routes of the journeys file too, from their beginning, so that those count too that end before
   * they reach their route: an upload that is cut off in a body parser, a refusal by a guard.
   * @default false
   */
  readonly match?: boolean
}

/** What a recorder is to the frameworks. A request that no step claims creates no series and books nothing. */
export type Frameworks<J extends Definition> = {
  /** First middleware of an express app: the clock of every request begins here. */
  express(options?: MatchOptions): Handler
  /**
   * Error middleware of express, after the routes and before the app's own: remembers that an error was thrown, so that a
   * connection that breaks because of it is not taken for a client who left.
   */
  expressError(): ErrorHandler
  /**
   * Handler for a route of express, koa or hono: its requests are events of this step. Wins over `match`; put it before
   * body parsers.
   */
  step<Name extends JourneyOf<J>>(journey: Name, step: StepOf<J, Name>): StepHandler
  step(declared: DeclaredStep<J>): StepHandler
  /**
   * Plugin for fastify: `app.register(recorder.fastify)`, before the routes. A route says its step in its options:
   * `config: { journey: journeys.step('scan', 'upload') }`.
   */
  readonly fastify: FastifyPlugin
  /** First middleware of a koa app. */
  koa(options?: MatchOptions): KoaHandler
  /** First middleware of a hono app that `@hono/node-server` serves. */
  hono(options?: MatchOptions): HonoHandler
  /**
   * Wraps the listener of a bare `http.createServer`. It declares a step by calling `step()`'s handler, or leaves it to the
   * routes of the journeys file.
   */
  node(listener: Listener, options?: MatchOptions): Listener
  /**
   * Measures every HTTP server of this process by the routes of the journeys file, without touching its code, over
   * Node's diagnostics channel. Beside a framework's middleware nothing counts twice.
   * @returns a function that stops it
   */
  watchServers(): () => void
}

/** Finds a step by its names, and reports names that the journeys file does not declare. */
type Declared = {
  find(journey: string, step: string): Rule | undefined
  unknown(journey: string, step: string): void
}

export function createFrameworks(
  definition: Definition,
  rules: readonly Rule[],
  requests: Requests,
  { find, unknown }: Declared,
): Frameworks<Definition> {
  const ruleOf = (declared: unknown) => {
    const { journey, step } = (declared ?? {}) as Partial<StepReference>
    const rule = find(String(journey), String(step))
    if (rule === undefined) unknown(String(journey), String(step))
    return rule
  }
  let routes: Match | undefined
  const match = () => {
    routes ??= createMatch(definition, rules)
    return routes
  }
  const matchIf = ({ match: wanted = false }: MatchOptions = {}) => (wanted ? match() : undefined)

  return {
    express: (options) => expressMiddleware(requests, matchIf(options)),
    expressError: () => expressError,
    step(declared: string | StepReference, name = '') {
      const { journey, step } = typeof declared === 'string' ? { journey: declared, step: name } : declared
      const rule = find(journey, step)
      return rule === undefined ? undeclaredHandler(() => unknown(journey, step)) : stepHandler(requests, rule)
    },
    fastify: fastifyPlugin(requests, match, ruleOf),
    koa: (options) => koaMiddleware(requests, matchIf(options)),
    hono: (options) => honoMiddleware(requests, matchIf(options)),
    node: (listener, options) => nodeListener(requests, matchIf(options), listener),
    watchServers: () => watchServers(requests, match()),
  }
}

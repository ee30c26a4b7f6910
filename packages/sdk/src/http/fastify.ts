import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Rule } from '../event/rule.ts'
import { type Match, noteThrown, type Requests } from './requests.ts'

type Done = (error?: Error) => void
type Reply = { readonly raw: ServerResponse }
type Request = {
  readonly raw: IncomingMessage
  readonly originalUrl: string
  /** Without a `url` when no route fits. */
  readonly routeOptions: { readonly config: object; readonly url?: string | undefined }
}

/** What is needed of a fastify instance. */
export interface FastifyApp {
  addHook(name: 'onRequest', hook: (request: Request, reply: Reply, done: Done) => void): unknown
  addHook(name: 'onError', hook: (request: Request, reply: Reply, error: Error, done: Done) => void): unknown
  addHook(name: 'onRoute', hook: (route: { readonly config?: object }) => void): unknown
}

/** A fastify plugin. It measures the routes of the app that it is registered with, and of the plugins registered after it. */
export type FastifyPlugin = (app: FastifyApp, options: { readonly match?: boolean }, done: Done) => void

/**
 * @param ruleOf the rule of what a route's `config.journey` holds; undefined, and reported, when it is no declared step
 */
export function fastifyPlugin(
  requests: Requests,
  match: () => Match,
  ruleOf: (declared: unknown) => Rule | undefined,
): FastifyPlugin {
  const plugin: FastifyPlugin = (app, options, done) => {
    const routes = options.match === true ? match() : undefined
    // A route's config is one object for all its requests.
    const rules = new WeakMap<object, Rule | undefined>()
    const ruleIn = (config: object) => {
      if (!('journey' in config)) return undefined
      if (!rules.has(config)) rules.set(config, ruleOf(config.journey))
      return rules.get(config)
    }
    app.addHook('onRequest', (request, reply, next) => {
      const event = requests.begin(request.raw, reply.raw)
      event.template = request.routeOptions.url
      const rule = ruleIn(request.routeOptions.config)
      if (rule !== undefined) requests.claim(event, rule, request.raw, reply.raw)
      else requests.claimByRoute(event, routes, request.raw, reply.raw, request.originalUrl)
      next()
    })
    app.addHook('onError', (_request, reply, error, next) => {
      noteThrown(error, reply.raw)
      next()
    })
    done()
  }
  // Fastify's own words for "not only for the plugin itself", and for the name by which its errors call it.
  return Object.assign(plugin, {
    [Symbol.for('skip-override')]: true,
    [Symbol.for('fastify.display-name')]: '@tabiji/sdk',
  })
}

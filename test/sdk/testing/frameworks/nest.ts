import 'reflect-metadata'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import {
  type ArgumentsHost,
  BadRequestException,
  Catch,
  Controller,
  type ExecutionContext,
  Get,
  HttpException,
  Module,
  Post,
  Put,
  Req,
  Res,
  StreamableFile,
  UseGuards,
} from '@nestjs/common'
import { type AbstractHttpAdapter, BaseExceptionFilter, HttpAdapterHost, NestFactory } from '@nestjs/core'
import { ExpressAdapter } from '@nestjs/platform-express'
import { FastifyAdapter } from '@nestjs/platform-fastify'
import { Journey, useJourneys } from '@tabiji/sdk/nest'
import { type Answer, type Framework, journeys, type Kit, LATE, MOUNT, MOUNTED, ROUTES, type Route } from './kit.ts'

const TRAITS = { tellsThrown: true, declaresBeforeGate: true, torn: 'ended' } as const

export const nest = [
  { name: 'Nest 11 on express', ...TRAITS, start: (kit: Kit) => start(kit, new ExpressAdapter()) },
  { name: 'Nest 11 on fastify', ...TRAITS, start: (kit: Kit) => start(kit, new FastifyAdapter()) },
] satisfies readonly Framework[]

type Requested = {
  readonly params: Record<string, string>
  readonly query: Record<string, string>
  readonly body: object
  readonly raw?: IncomingMessage
}
type Method = (this: object, request: Requested, reply: object) => unknown
const VERBS = { get: Get, post: Post, put: Put }

/** A controller written as its decorators would write it, one method for each route. */
function controllerOf(kit: Kit, prefix: string, routes: readonly Route[]): new () => object {
  class Routes {}
  Controller(prefix)(Routes)
  for (const route of routes) {
    const name = `${route.method} ${route.path}`
    const method: Method = (request, reply) => handle(kit, route, request, reply)
    Object.defineProperty(Routes.prototype, name, { value: method, writable: true, configurable: true })
    Req()(Routes.prototype, name, 0)
    Res({ passthrough: route.act !== 'hang' })(Routes.prototype, name, 1)
    const decorators: MethodDecorator[] = [VERBS[route.method](route.path)]
    if (kit.declares && route.step !== undefined) decorators.push(Journey(journeys.step('scan', route.step)))
    if (route.act === 'refused') decorators.push(UseGuards({ canActivate: refuse }))
    const descriptor = Object.getOwnPropertyDescriptor(Routes.prototype, name) ?? {}
    for (const decorate of decorators) decorate(Routes.prototype, name, descriptor)
  }
  return Routes
}

function refuse(_context: ExecutionContext): boolean {
  throw new HttpException('refused', 429)
}

function handle(kit: Kit, route: Route, request: Requested, reply: object) {
  if (route.act === 'wrong') throw new BadRequestException()
  const response = rawOf<ServerResponse>(reply)
  if (route.act === 'torn' && 'hijack' in reply) (reply as { hijack(): void }).hijack()
  const { params, query } = request
  // Nest parses JSON; an upload of another type reaches the handler unread.
  const received = route.act === 'upload' ? buffer(rawOf<IncomingMessage>(request)) : request.body
  const answer = (body: object | Buffer) => kit.act(route.act, { params, query, body, response })
  const answered = route.act === 'upload' ? Promise.resolve(received).then(answer) : answer(received)
  return send(answered, reply)
}

async function send(answering: Answer | Promise<Answer>, reply: object) {
  const { status, body } = await answering
  const { code, status: setStatus } = reply as { code?(status: number): void; status(status: number): void }
  ;(code ?? setStatus).call(reply, status)
  return typeof body === 'string' ? body : new StreamableFile(Readable.from(body))
}

function rawOf<T>(value: object): T {
  return ('raw' in value ? value.raw : value) as T
}

async function start(kit: Kit, adapter: AbstractHttpAdapter): Promise<Server> {
  class App {}
  Module({ controllers: [controllerOf(kit, '', ROUTES), controllerOf(kit, MOUNT, [MOUNTED])] })(App)
  const app = await NestFactory.create(App, adapter, { logger: false })
  if (kit.middleware) useJourneys(app, kit.recorder, { match: kit.match })
  if (adapter instanceof FastifyAdapter) {
    adapter
      .getInstance()
      .addContentTypeParser('image/x-pgm', (_request: unknown, _body: unknown, done: (e: null) => void) => done(null))
  }
  class Page extends BaseExceptionFilter {
    override catch(error: unknown, host: ArgumentsHost) {
      if (error instanceof Error && error.message === LATE) kit.reached()
      else super.catch(error, host)
    }
  }
  Catch()(Page)
  app.useGlobalFilters(new Page(app.get(HttpAdapterHost).httpAdapter))
  await app.listen(0, '127.0.0.1')
  return app.getHttpServer()
}

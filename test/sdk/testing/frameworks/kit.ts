import type { Server, ServerResponse } from 'node:http'
import { defineJourneys, type Recorder } from '@tabiji/sdk'
import type { movedTime } from '../../../../packages/sdk/src/testing/time.ts'

/** Every step is promised within 100 ms. */
export const journeys = defineJourneys({
  timeZone: 'Asia/Tokyo',
  journeys: {
    scan: {
      steps: {
        start: {
          http: [
            'GET /answer/:status/:ms',
            'GET /hang',
            'GET /throw',
            'GET /reject',
            'GET /wrong',
            'GET /late',
            'GET /half',
            'GET /torn',
            'GET /stream',
            'GET /endless',
            'GET /refused',
            'POST /mark',
            'GET /lost',
          ],
          within: '100ms',
        },
        read: { http: 'GET /tenants/:tenant/items/:id', within: '100ms', good: [404], bad: [422] },
        upload: { http: ['PUT /photo', 'PUT /unread'], within: '100ms', from: 'body' },
        watch: { http: 'GET /watch', within: '100ms', from: 'headers' },
      },
    },
  },
})

type StepName = 'start' | 'read' | 'upload' | 'watch'
export type ActName =
  | 'answer'
  | 'hang'
  | 'throw'
  | 'reject'
  | 'wrong'
  | 'late'
  | 'half'
  | 'torn'
  | 'stream'
  | 'endless'
  | 'refused'
  | 'mark'
  | 'lost'
  | 'find'
  | 'upload'
  | 'unread'
  | 'outside'

export type Route = {
  readonly method: 'get' | 'post' | 'put'
  readonly path: string
  /** Undefined for a route of no step. */
  readonly step: StepName | undefined
  readonly act: ActName
}

const route = (method: Route['method'], path: string, step: Route['step'], act: ActName): Route => ({
  method,
  path,
  step,
  act,
})

/** The app's routes, whatever it is written with. */
export const ROUTES: readonly Route[] = [
  route('get', '/answer/:status/:ms', 'start', 'answer'),
  ...(
    ['hang', 'throw', 'reject', 'wrong', 'late', 'half', 'torn', 'stream', 'endless', 'refused', 'lost'] as const
  ).map((act) => route('get', `/${act}`, 'start', act)),
  route('get', '/watch', 'watch', 'stream'),
  route('post', '/mark', 'start', 'mark'),
  route('put', '/photo', 'upload', 'upload'),
  route('put', '/unread', 'upload', 'unread'),
  route('get', '/find', undefined, 'find'),
  route('get', '/outside', undefined, 'outside'),
]

/** What stands in a router, mounted at {@link MOUNT}. */
export const MOUNT = '/tenants/:tenant'
export const MOUNTED: Route = route('get', '/items/:id', 'read', 'answer')

/** Where the gate of the app answers 429, before any route. */
export const REFUSED = '/refused'

/** What the app's own error page is slow for. */
export const LATE = 'late'

/** What a handler is asked. */
export type Asked = {
  readonly params: Readonly<Record<string, string | undefined>>
  readonly query: Readonly<Record<string, unknown>>
  readonly response: ServerResponse
  /** Read by the framework's own means. */
  readonly body?: Buffer | object | undefined
}

/** What it answers: a text, or pieces that are streamed by the framework's own means. */
export type Answer = { readonly status: number; readonly body: string | AsyncGenerator<string> }

/** How the requests of an app come to be measured. */
export type Mode = 'declared' | 'match' | 'auto' | 'auto and declared'

export type Kit = {
  readonly recorder: Recorder<typeof journeys>
  readonly time: ReturnType<typeof movedTime>
  readonly mode: Mode
  /** Whether the app has the recorder's middleware. */
  readonly middleware: boolean
  /** Whether its routes declare their steps. */
  readonly declares: boolean
  readonly match: boolean
  /** Tells the test that a handler has come to a point that it waits for. */
  reached(): void
  /** Does the work of a route; throws where it is asked to, before it returns or after. */
  act(name: ActName, asked: Asked): Answer | Promise<Answer>
}

/** An app of one framework with {@link ROUTES}; it listens on loopback. */
export type Framework = {
  readonly name: string
  start(kit: Kit): Promise<Server>
  /** Whether the framework tells of a thrown error before the app's own error page is written. */
  readonly tellsThrown: boolean
  /** Whether a declared step is known before the app's gate refuses the request. */
  readonly declaresBeforeGate: boolean
  /**
   * What becomes of an answer that a handler began to write itself before it threw: the framework cuts the connection, ends
   * the answer as if it were whole, or leaves it open until its client has waited long enough. Some let no handler write.
   */
  readonly torn: 'cut' | 'ended' | 'left open' | 'cannot'
}

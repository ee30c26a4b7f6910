import type { Recorder } from '@tabiji/sdk'
import type { movedTime } from '../../../../packages/sdk/src/testing/time.ts'
import { type ActName, type Answer, type Asked, LATE } from './kit.ts'

type Parts = {
  readonly recorder: Recorder
  readonly time: ReturnType<typeof movedTime>
  reached(): void
  /** Resolves when the test lets streams go on. */
  released(): Promise<void>
}

/** What the routes do, the same behind every framework. */
export function createActs({ recorder, time, reached, released }: Parts) {
  const lost: (() => void)[] = []
  const done: Answer = { status: 200, body: '{}' }

  async function* pieces(ending: 'whole' | 'broken') {
    yield 'first'
    await released()
    if (ending === 'broken') throw new Error('broken')
    yield 'last'
  }
  async function* endless() {
    while (true) {
      yield 'more '
      await new Promise((next) => setImmediate(next))
    }
  }

  const acts: Readonly<Record<ActName, (asked: Asked) => Answer | Promise<Answer>>> = {
    answer({ params, query }) {
      time.advance(Number(params['ms'] ?? query['ms'] ?? 0))
      return { status: Number(params['status'] ?? query['status'] ?? 200), body: '{}' }
    },
    hang() {
      reached()
      return new Promise(() => undefined)
    },
    throw() {
      throw new Error('broken')
    },
    async reject() {
      await new Promise((next) => setImmediate(next))
      throw new Error('broken')
    },
    async late() {
      throw new Error(LATE)
    },
    async wrong() {
      throw new Error('replaced by the framework’s own error')
    },
    half: () => ({ status: 200, body: pieces('broken') }),
    async torn({ response }) {
      response.write('first')
      throw new Error('broken')
    },
    stream({ query }) {
      time.advance(Number(query['before'] ?? 0))
      return { status: 200, body: pieces('whole') }
    },
    endless: () => ({ status: 200, body: endless() }),
    refused: () => done,
    async mark({ body }) {
      await new Promise((next) => setTimeout(next, 1))
      const said = (body as { say?: string }).say
      if (said === 'fail') recorder.fail('no-feet-found')
      if (said === 'exclude') recorder.exclude('test-traffic')
      return done
    },
    lost: ({ response }) =>
      new Promise((answer) => {
        lost.push(() => {
          recorder.fail('pool-exhausted', response)
          answer(done)
        })
        reached()
      }),
    find() {
      for (const run of lost.splice(0)) run()
      return done
    },
    upload({ body, query }) {
      time.advance(Number(query['work'] ?? 0))
      return { status: 200, body: String((body as Buffer).length) }
    },
    unread() {
      time.advance(101)
      return done
    },
    outside() {
      recorder.fail('belongs-to-no-step')
      return done
    },
  }
  return (name: ActName, asked: Asked) => acts[name](asked)
}

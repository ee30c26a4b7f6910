import type { Request, RequestHandler, Response } from 'express'
import type { Answered, Command, CommandLog } from '../ports/command-log.ts'
import { answer, refuse } from './answer.ts'

/** What a command came to: refused ones have answered already. */
export type Outcome = { readonly ok: true; readonly answered: Answered } | { readonly ok: false }

const KEY = /^[\x21-\x7e]{1,200}$/

/** Has every change that comes by the routes behind it written down. */
export function keepCommands(log: CommandLog, now: () => number): RequestHandler {
  return (_request, response, next) => {
    response.locals['commands'] = { log, now } satisfies Kept
    next()
  }
}

/**
 * Runs a command once. Under a header `Idempotency-Key` the same request again is answered as the first time, for a day, and
 * does nothing more; another request under the same key is refused.
 *
 * @param said the body, without who said it
 */
export function runOnce(
  request: Request,
  response: Response,
  said: object,
  by: string | undefined,
  act: () => Outcome,
): void {
  const running = begin(request, response, said, by)
  if (running === undefined) return
  let outcome: Outcome
  try {
    outcome = act()
  } catch (error) {
    // By contract nothing was recorded then.
    running.undo()
    throw error
  }
  settle(running, response, outcome)
}

/** The same for a command that waits for somebody else. Sent again under its key meanwhile, it is refused. */
export async function runOnceLater(
  request: Request,
  response: Response,
  said: object,
  by: string | undefined,
  act: () => Promise<Outcome>,
): Promise<void> {
  const running = begin(request, response, said, by)
  if (running === undefined) return
  let outcome: Outcome
  try {
    outcome = await act()
  } catch (error) {
    running.undo()
    throw error
  }
  settle(running, response, outcome)
}

/** A command that may run now: how its end is written down. */
type Running = { readonly done: (answered: Answered) => void; readonly undo: () => void }

/** @returns nothing when it may not: then it is answered already */
function begin(request: Request, response: Response, said: object, by: string | undefined): Running | undefined {
  const key = request.get('idempotency-key')
  const kept = response.locals['commands'] as Kept | undefined
  if (key !== undefined && !KEY.test(key)) {
    const message = 'Expected `Idempotency-Key` to be 1 to 200 visible characters of ASCII'
    refuse(response, 400, { code: 'IDEMPOTENCY_KEY', message })
    return undefined
  }
  if (kept === undefined) return { done: () => undefined, undo: () => undefined }
  return beginIn(kept.log, response, {
    at: kept.now(),
    ...(by !== undefined && { by }),
    signed: response.locals['by'] !== undefined,
    action: request.path,
    said: JSON.stringify(said),
    ...(key !== undefined && { key }),
  })
}

type Kept = { readonly log: CommandLog; readonly now: () => number }

function beginIn(log: CommandLog, response: Response, command: Command): Running | undefined {
  const begun = log.begin(command)
  if (begun.kind === 'new') return { done: (answered) => log.done(begun.id, answered), undo: () => log.undo(begun.id) }
  if (begun.kind === 'answered') {
    response.set('Idempotency-Replayed', 'true')
    tell(response, { ok: true, answered: begun.answered })
  } else {
    refuse(response, begun.kind === 'other' ? 422 : 409, REFUSALS[begun.kind])
  }
  return undefined
}

const REFUSALS = {
  other: {
    code: 'IDEMPOTENCY_KEY_REUSED',
    message: 'Expected the same request under the same `Idempotency-Key`, got another one',
    hint: 'use a new key for each request that is not a repetition',
  },
  unknown: {
    code: 'IDEMPOTENCY_UNKNOWN',
    message: 'The collector is still doing this, or ended while it did: whether it was done is not known',
    hint: 'look whether it was, then use a new key',
  },
} as const

function settle(running: Running, response: Response, outcome: Outcome): void {
  // Nothing is recorded of what only says what would be.
  if (outcome.ok && !('preview' in outcome.answered.body)) running.done(outcome.answered)
  else running.undo()
  tell(response, outcome)
}

function tell(response: Response, outcome: Outcome): void {
  if (!outcome.ok) return
  const { status, body, location } = outcome.answered
  if (location !== undefined) response.location(location)
  answer(response, body, status)
}

import type { Problem } from '@tabiji/core/problem'
import type { Request, RequestHandler, Response } from 'express'
import type { z } from 'zod'
import type { Result } from '../ports/work.ts'
import { answer, refuseProblems } from './answer.ts'
import { maskingWords } from './api/masked.ts'
import { type Outcome, runOnce, runOnceLater } from './commanding.ts'
import { jsonBody, readRequest } from './request.ts'

export type Said<Schema extends z.ZodObject> = Omit<z.output<Schema>, 'by'>
type Who = { readonly key: string; readonly by?: string }
/** `address` is where something new is found from now on, below the mount. */
type Reply = Result<object> & { readonly address?: string }

/**
 * Reads a command, has it run for whoever says it, and answers with what came of it. Secrets in what people wrote in their own words
 * are masked before anything looks at it, and so before it is written down.
 */
export function posting<Schema extends z.ZodObject>(
  schema: Schema,
  act: (said: Said<Schema>, who: Who) => Reply,
): RequestHandler[] {
  return [...jsonBody(), maskingWords, posted(schema, act)]
}

/** The same of a body that was read before. */
export function posted<Schema extends z.ZodObject>(
  schema: Schema,
  act: (said: Said<Schema>, who: Who) => Reply,
): RequestHandler {
  return reading(schema, (request, response, said, who) =>
    runOnce(request, response, said, who.by, () => outcomeOf(request, response, act(said, who))),
  )
}

/** The same for a command that waits for somebody else. */
export function postingLater<Schema extends z.ZodObject>(
  schema: Schema,
  act: (said: Said<Schema>, who: Who) => Promise<Reply>,
): RequestHandler[] {
  const handle = reading(schema, (request, response, said, who) =>
    runOnceLater(request, response, said, who.by, async () => outcomeOf(request, response, await act(said, who))),
  )
  return [...jsonBody(), maskingWords, handle]
}

function reading<Schema extends z.ZodObject>(
  schema: Schema,
  run: (request: Request, response: Response, said: Said<Schema>, who: Who) => void | Promise<void>,
): RequestHandler {
  return (request, response) => {
    const read = readRequest(request.body ?? {}, schema)
    if (!read.ok) return refuseProblems(response, 400, read.problems)
    const { by: typed, ...said } = read.value as z.output<Schema> & { readonly by?: string }
    const by: unknown = response.locals['by'] ?? typed
    return run(request, response, said, { key: keyOf(request), ...(typeof by === 'string' && { by }) })
  }
}

function outcomeOf(request: Request, response: Response, reply: Reply): Outcome {
  if (!reply.ok) {
    respond(response, reply)
    return { ok: false }
  }
  const { value: body, address } = reply
  if (address === undefined) return { ok: true, answered: { status: 200, body } }
  return { ok: true, answered: { status: 201, body, location: `${request.baseUrl}${address}` } }
}

/** Reads a filter and answers with what passes it. */
export function listing<Schema extends z.ZodObject>(
  schema: Schema,
  list: (filter: z.output<Schema>) => Result<object>,
): RequestHandler {
  return (request, response) => {
    const read = readRequest(request.query, schema)
    if (!read.ok) return refuseProblems(response, 400, read.problems)
    respond(response, list(read.value))
  }
}

/** Answers with the document, or with the problems. */
export function respond(response: Response, reply: Reply): void {
  if (!reply.ok) {
    refuseProblems(response, statusOf(reply.problems), reply.problems)
  } else {
    answer(response, reply.value)
  }
}

const STATUSES: Readonly<Record<string, 404 | 409 | 424>> = {
  ALERT_UNKNOWN: 404,
  NOT_HELD: 404,
  NOT_DEAD: 404,
  RUNBOOK_STEP_UNKNOWN: 404,
  INCIDENT_CAUSE_NAMED: 409,
  ALERT_OVER: 409,
  INCIDENT_UNKNOWN: 404,
  FIX_UNKNOWN: 404,
  TICKET_UNKNOWN: 404,
  LINE_UNKNOWN: 404,
  LINE_NOT_WRITTEN: 404,
  LINE_STRUCK: 409,
  CORRECTION_UNKNOWN: 404,
  SILENCE_UNKNOWN: 404,
  MAINTENANCE_UNKNOWN: 404,
  RECEIVER_UNKNOWN: 404,
  ANNOTATION_UNKNOWN: 404,
  DRILL_UNKNOWN: 404,
  REPORT_UNKNOWN: 404,
  REPORT_REVISION: 404,
  REPORT_ASK_UNKNOWN: 404,
  REPORT_ASK_DONE: 409,
  REPORT_ISSUED: 409,
  REPORT_NOT_ISSUED: 409,
  REPORT_INCOMPLETE: 409,
  REPORT_MONTH_RUNS: 409,
  PRACTICE_UNKNOWN_MEMBER: 404,
  PRACTICE_UNKNOWN_JOURNEY: 404,
  DIGEST_TEAM_UNKNOWN: 404,
  DIGEST_REPEATED: 409,
  DIGEST_NOTHING: 409,
  DIGEST_NOBODY: 409,
  DRILL_BUSY: 409,
  DRILL_ENDED: 409,
  INCIDENT_MERGE: 409,
  INCIDENT_MERGED: 409,
  INCIDENT_ALREADY_RESOLVED: 409,
  INCIDENT_STILL_OPEN: 409,
  POSTMORTEM_STATE: 409,
  INCIDENT_STATUS_SAME: 409,
  INCIDENT_ROLE_HELD: 409,
  FIX_STATE: 409,
  TRACKER_FAILED: 424,
  CORRECTION_WITHDRAWN: 409,
  SILENCE_OVER: 409,
  MAINTENANCE_OVER: 409,
  ANNOTATION_WITHDRAWN: 409,
}

/** The most telling status wins: what is missing before what is in the wrong state before what is said wrongly. */
function statusOf(problems: readonly Problem[]): 404 | 409 | 422 | 424 {
  const statuses = problems.map(({ code }) => STATUSES[code] ?? 422)
  return ([404, 409, 424] as const).find((status) => statuses.includes(status)) ?? 422
}

/** No key is longer than two hundred characters, and comparing an endless one with all others would take long. */
export function keyOf(request: Request): string {
  return String(request.params['key'] ?? '').slice(0, 200)
}

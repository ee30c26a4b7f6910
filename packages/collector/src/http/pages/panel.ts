import type { Around, Panel } from '@tabiji/dashboard'
import type { Response } from 'express'
import { errorId, type Report } from '../answer.ts'

type Failed = Partial<Record<Panel, string>>

/**
 * Asks for a part of a page that may fail by itself: then the log is told why, the page says so in that part's place, and the rest
 * of it stands.
 *
 * @param otherwise what the screen is given in its place; it is not shown
 */
export function attempt<Value>(
  { report }: { readonly report: Report },
  response: Response,
  panel: Panel,
  ask: () => Value,
  otherwise: Value,
): Value {
  try {
    return ask()
  } catch (error) {
    fail(report, response, panel, error)
    return otherwise
  }
}

/** The same of what takes its time. */
export async function attemptLater<Value>(
  { report }: { readonly report: Report },
  response: Response,
  panel: Panel,
  ask: () => Promise<Value>,
  otherwise: Value,
): Promise<Value> {
  try {
    return await ask()
  } catch (error) {
    fail(report, response, panel, error)
    return otherwise
  }
}

/** The parts that failed so far while this page was made. */
export function failedIn(response: Response): Around['failed'] {
  return (response.locals['failed'] as Failed | undefined) ?? {}
}

function fail(report: Report, response: Response, panel: Panel, error: unknown): void {
  const id = errorId()
  report(error, id)
  response.locals['failed'] = { ...failedIn(response), [panel]: id }
}

import { type Checked, checkShape } from '@tabiji/core/problem'
import express, { type RequestHandler } from 'express'
import type { z } from 'zod'
import { refuse } from './answer.ts'

/** Everything that people write fits: the longest reason and fifty names. */
export const MAX_BODY_BYTES = 64 * 1024

/**
 * Reads JSON bodies into `request.body`. Any other media type is refused, also on a request without a body: a page of
 * another origin may send forms and plain text to a loopback address without asking, but not JSON.
 */
export function jsonBody(): readonly RequestHandler[] {
  const onlyJson: RequestHandler = (request, response, next) => {
    // A form of our own page was read, and proved to be one, before.
    if (response.locals['page'] !== undefined) return next()
    if (request.is('application/json') === 'application/json') return next()
    const message = 'Expected the header `Content-Type: application/json`'
    refuse(response, 415, { code: 'REQUEST_MEDIA_TYPE', message, hint: 'send `{}` where there is nothing to say' })
  }
  return [onlyJson, express.json({ limit: MAX_BODY_BYTES, inflate: false })]
}

/** Reads a body or a query by its schema, which is strict: an unknown key is a mistake that nobody would see otherwise. */
export function readRequest<Schema extends z.ZodObject>(input: unknown, schema: Schema): Checked<z.output<Schema>> {
  return checkShape(schema, input, 'REQUEST')
}

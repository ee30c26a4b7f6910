import type { RequestHandler } from 'express'
import { maskDeep } from '../../wire/masking.ts'
import { jsonBody } from '../request.ts'

/** What people write in their own words; names and conditions stay as they are, or they would not be found. */
const WORDS: readonly string[] = ['note', 'reason', 'title', 'text', 'why', 'causes', 'noFix']

/** Reads a JSON body whose every text is masked before anything looks at it. */
export function maskedBody(): readonly RequestHandler[] {
  return [...jsonBody(), masking(maskDeep)]
}

/** Masks what people wrote in their own words, in a body that was read before. */
export const maskingWords: RequestHandler = masking(maskWords)

async function maskWords(body: unknown): Promise<unknown> {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return body
  const entries = Object.entries(body).map(
    async ([key, value]) => [key, WORDS.includes(key) ? await maskDeep(value) : value] as const,
  )
  return Object.fromEntries(await Promise.all(entries))
}

function masking(mask: (body: unknown) => Promise<unknown>): RequestHandler {
  return async (request, _response, next) => {
    try {
      request.body = await mask(request.body)
      next()
    } catch (error) {
      next(error)
    }
  }
}

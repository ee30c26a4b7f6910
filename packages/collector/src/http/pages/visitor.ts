import type { Visitor } from '@tabiji/dashboard'
import type { Request } from 'express'
import { cookieOf } from './cookies.ts'

const LONGEST_NAME = 100

/**
 * Who looks. Without tokens everybody who reaches the door is on this machine, and may call themselves as they like: then
 * the name says who it was, and proves nothing.
 */
export function visitorOf(request: Request): Visitor {
  const name = (cookieOf(request, 'who') ?? '').slice(0, LONGEST_NAME)
  return { may: 'write', by: 'name', ...(name !== '' && { name }) }
}

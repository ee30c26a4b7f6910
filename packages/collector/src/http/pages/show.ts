import { pageOf } from '@tabiji/dashboard'
import type { Request, Response } from 'express'
import type { Overview } from '../../ports/api.ts'
import { aroundOf, type FrameRooms } from './around.ts'
import { sendPage } from './send.ts'

/** Sends a screen in its frame. @param overview when the page has asked for it already */
export function showScreen(
  rooms: FrameRooms,
  request: Request,
  response: Response,
  write: Parameters<typeof pageOf>[1],
  overview?: Overview,
): void {
  sendPage(response, pageOf(aroundOf(rooms, request, response, overview), write))
}

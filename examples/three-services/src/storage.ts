import express from 'express'
import type { Measured } from './service.ts'

/** It promises its own work to everybody, and counts besides what it did for the customers' journey. */
export function storageContext(key: string) {
  return { borrowed: { 'measure-feet': ['keep-photos'] }, trust: { incoming: { signed: key } } }
}

/** A photo that says `broken` meets the bad disk. */
export function storageRoutes({ app, recorder }: Measured): void {
  const body = express.text({ type: '*/*', limit: '1mb' })
  app.put('/stored/:id', recorder.step('keep-photos', 'put'), body, (request, response) => {
    if (String(request.body).includes('broken')) throw new Error('The disk cannot be written.')
    response.status(204).end()
  })
}

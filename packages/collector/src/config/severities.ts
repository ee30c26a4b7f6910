import type { Level } from '@tabiji/core/journey'
import { z } from 'zod'

/** Severities as people label alerts with, and the levels that they mean here. */
export const DEFAULT_SEVERITIES: Readonly<Record<string, Level>> = {
  critical: 1,
  page: 1,
  emergency: 1,
  error: 2,
  warning: 2,
  ticket: 2,
  info: 3,
  notice: 3,
  none: 3,
}

export const severitiesSchema = z.record(z.string().min(1).max(100), z.literal([1, 2, 3]))

import { type Logger, pino, stdTimeFunctions } from 'pino'

export type { Logger }

/**
 * The daemon's log: JSON lines on stderr, which a collector of logs reads and stdout stays free of. Whatever could hold
 * a secret is not logged in the first place; what looks like one is blanked as a second line of defence.
 */
export function createLog(level: string): Logger {
  const options = {
    level,
    base: null,
    timestamp: stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    redact: ['token', 'secret', 'authorization', 'url', '*.token', '*.secret', '*.authorization', '*.url'],
  }
  return pino(options, process.stderr)
}

import { startService } from './service.ts'

/**
 * Runs the service. PORT and FAULT_PORT (0 or absent: any that is free) choose the ports, HAND_OVER_URL and
 * HAND_OVER_TOKEN the collector's ingest listener. Prints its addresses as one line of JSON once it listens.
 */
const { PORT, FAULT_PORT, HAND_OVER_URL, HAND_OVER_TOKEN } = process.env

const service = await startService({
  port: portOf('PORT', PORT),
  faultPort: portOf('FAULT_PORT', FAULT_PORT),
  onProblem: ({ message }) => console.error(message),
  ...(HAND_OVER_URL
    ? { handOver: { url: HAND_OVER_URL, ...(HAND_OVER_TOKEN ? { token: HAND_OVER_TOKEN } : {}) } }
    : {}),
})
service.recorder.closeOnSignals(service.server, { graceMs: 5000 })
console.log(JSON.stringify({ url: service.url, faultUrl: service.faultUrl, processId: service.recorder.processId }))

function portOf(name: string, text: string | undefined): number {
  const port = Number(text ?? 0)
  if (Number.isInteger(port) && port >= 0 && port < 65_536) return port
  console.error(`Expected ${name} to be a port between 0 and 65535, got "${text}".`)
  process.exit(2)
}

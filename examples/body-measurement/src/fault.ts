import express, { type Express } from 'express'

/**
 * What can be made wrong with the service: `slow` makes processing take longer than promised, `error` makes processing
 * throw and uploads answer 500.
 */
const FAULTS = ['none', 'slow', 'error'] as const
type Fault = (typeof FAULTS)[number]

export type FaultSwitch = { current(): Fault; set(fault: Fault): void }

export function createFaultSwitch(): FaultSwitch {
  let current: Fault = 'none'
  return {
    current: () => current,
    set(fault) {
      current = fault
    },
  }
}

/** `PUT /fault {"kind":"slow"}`. It has a listener of its own, so that no customer can reach it. */
export function faultApp(faults: FaultSwitch): Express {
  const app = express()
  app.get('/fault', (_request, response) => void response.json({ kind: faults.current() }))
  app.put('/fault', express.json(), (request, response) => {
    const { kind }: { kind?: unknown } = request.body ?? {}
    const fault = FAULTS.find((each) => each === kind)
    if (fault === undefined) {
      response.status(400).json({ error: `Expected \`kind\` to be one of ${FAULTS.join(', ')}.` })
      return
    }
    faults.set(fault)
    response.json({ kind: fault })
  })
  return app
}

// A shop that takes orders. It writes the time of each event that ended to a file, one line each and at once, so that what
// it knows to have happened outlives every way of being killed; it knows nothing of the SDK's counts.
import { appendFileSync } from 'node:fs'
import express from 'express'

export function shopOrders(recorder, truth) {
  let open = 0
  const line = () => `${Date.now()} ${process.pid}\n`
  const app = express()
  app.use(recorder.express())
  app.post('/orders', recorder.step('checkout', 'pay'), (request, response) => {
    open++
    response.on('close', () => {
      open--
      appendFileSync(truth, line())
    })
    const { status = '201' } = request.query
    setTimeout(() => response.status(Number(status)).end(), Math.random() * 10)
  })
  app.post('/crash', () => {
    setTimeout(() => {
      throw new Error('crash')
    }, 0)
  })
  app.post('/exit', () => process.exit(3))
  // What is open when the process ends was cut off: its users saw an error.
  process.on('exit', () => appendFileSync(truth, line().repeat(open)))
  return app
}

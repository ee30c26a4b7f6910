import { readFileSync } from 'node:fs'

// Loaded into a daemon before its own code: its clock is off by the milliseconds that stand in a file.
const realNow = Date.now
const file = process.env['SHIFTED_CLOCK'] ?? ''
const read = () => Number(readFileSync(file, 'utf8'))
let shift = read()
setInterval(() => {
  shift = read()
}, 20).unref()
Date.now = () => realNow() + shift

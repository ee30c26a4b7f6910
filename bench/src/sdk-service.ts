import type { AddressInfo } from 'node:net'
import { build, VARIANTS } from './sdk-variants.ts'

/** A service in a process of its own. It says where it listens, and on request what it has cost and counted so far. */
const variant = VARIANTS.find((name) => name === process.argv[2])
if (variant === undefined) throw new Error(`Expected one of ${VARIANTS.join(', ')}, got ${process.argv[2]}`)

const { app, counted } = build(variant)
const server = app.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port))

process.on('message', async (ask) => {
  if (ask === 'cost') {
    const { user, system } = process.cpuUsage()
    process.send?.(user + system)
  } else process.send?.(await counted())
})

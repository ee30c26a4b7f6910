import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

const PROGRAM = 'prometheus-alertmanager'
const isInstalled = spawnSync(PROGRAM, ['--version']).status === 0

/** A machine of a person may lack it, and the test is seen to be skipped; where all is judged it may not. */
export const WITHOUT_ALERTMANAGER = !isInstalled && process.env['CI'] !== 'true'

export type Alertmanager = { readonly address: string; readonly log: () => string; close(): Promise<void> }

/** Starts a real Alertmanager on loopback that posts every group at once, and tells again within seconds. */
export async function startAlertmanager(folder: string, webhook: string, token: string): Promise<Alertmanager> {
  const file = join(folder, 'alertmanager.yaml')
  writeFileSync(
    file,
    `route: { receiver: tabiji, group_by: [alertname], group_wait: 0s, group_interval: 1s, repeat_interval: 5s }
receivers:
  - name: tabiji
    webhook_configs:
      - { url: '${webhook}', http_config: { authorization: { credentials: '${token}' } } }
`,
  )
  const address = `127.0.0.1:${await freePort()}`
  const words = [
    ...[`--config.file=${file}`, `--storage.path=${join(folder, 'alertmanager')}`, `--web.listen-address=${address}`],
    '--cluster.listen-address=',
  ]
  const child = spawn(PROGRAM, words, { stdio: ['ignore', 'ignore', 'pipe'] })
  let log = ''
  child.stderr.on('data', (chunk) => {
    log += String(chunk)
  })
  const exited = once(child, 'exit')
  while (!(await isReady(`http://${address}`))) {
    if (child.exitCode !== null) throw new Error(`Expected the Alertmanager to start, but it ended: ${log}`)
    await pause(100)
  }
  return {
    address,
    log: () => log,
    close: async () => {
      if (child.exitCode === null) child.kill('SIGTERM')
      await exited
    },
  }
}

async function isReady(url: string): Promise<boolean> {
  return fetch(`${url}/-/ready`).then(
    ({ ok }) => ok,
    () => false,
  )
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  await new Promise((done) => server.close(done))
  return port
}

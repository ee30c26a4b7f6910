import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

/** A machine of a person may lack Alertmanager, and the test is seen to be skipped; where all is judged it may not. */
export const WITHOUT_ALERTMANAGER =
  spawnSync('prometheus-alertmanager', ['--version']).status !== 0 && process.env['CI'] !== 'true'

type Shown = {
  readonly labels: Readonly<Record<string, string>>
  readonly annotations: Readonly<Record<string, string>>
}

/** A real Alertmanager on loopback that tells a webhook at once. It remembers nothing of an earlier one on the same port. */
export async function startAlertmanager(folder: string, webhook: string, port: number) {
  const data = join(folder, 'alertmanager')
  rmSync(data, { recursive: true, force: true })
  mkdirSync(data)
  writeFileSync(
    join(folder, 'alertmanager.yml'),
    `route: { receiver: hook, group_by: ['...'], group_wait: 0s, group_interval: 1s, repeat_interval: 1h }
receivers: [{ name: hook, webhook_configs: [{ url: '${webhook}', send_resolved: true }] }]
`,
  )
  const url = `http://127.0.0.1:${port}`
  const child = spawn('prometheus-alertmanager', [
    `--config.file=${join(folder, 'alertmanager.yml')}`,
    `--storage.path=${data}`,
    `--web.listen-address=127.0.0.1:${port}`,
    '--cluster.listen-address=',
    '--log.level=warn',
  ])
  let log = ''
  child.stderr.on('data', (chunk) => {
    log += String(chunk)
  })
  const exited = once(child, 'exit')
  while (!(await isReady(url))) {
    if (child.exitCode !== null) throw new Error(`Expected Alertmanager to start, but it ended: ${log}`)
    await pause(100)
  }
  return {
    url,
    /** What rings there now. */
    alerts: async () => (await (await fetch(`${url}/api/v2/alerts`)).json()) as readonly Shown[],
    close: async () => {
      if (child.exitCode === null) child.kill('SIGTERM')
      await exited
    },
  }
}

function isReady(url: string): Promise<boolean> {
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

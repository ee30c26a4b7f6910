import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { checkCommand } from '../cli/journeys/check.ts'
import { temporaryFolder } from '../store/testing/temporary-folder.ts'
import { runCli } from '../testing/captured-io.ts'

const JOURNEYS = `
timeZone: Asia/Tokyo
classes: { read: 1s, write: 2s, heavy: 5s }
journeys:
  measure:
    title: { en: Measure, ja: 計測 }
    owner: a
    runbook: https://wiki.example.org/a
    objectives: { availability.probe: 99 }
    steps: { login: { http: POST /login, within: read } }
`

/** What `tabiji check` says about a configuration with such probes. */
async function told(probes: string): Promise<{ readonly exit: number; readonly stdout: string }> {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'journeys.yaml'), JOURNEYS)
  writeFileSync(join(folder, 'password'), 'hunter2-and-more')
  writeFileSync(
    join(folder, 'tabiji.yaml'),
    `journeys: journeys.yaml\nstore: a.db\ntargets: [{ service: shop, url: 'http://127.0.0.1:1/metrics' }]\nprobes:\n${probes}`,
  )
  return runCli([checkCommand], ['check', join(folder, 'tabiji.yaml')])
}

test('everything that is wrong with probes is told at once, each where it stands, and no secret', async () => {
  const { exit, stdout } = await told(`  key: a-key-that-stands-in-the-file
  reference: ['ftp://a/']
  run:
    - name: shop
      journey: measure
      interval: 10s
      timeout: 20s
      secrets: { password: { valueFile: nowhere } }
      caFile: password
      steps:
        - { step: login, method: FETCH, url: 'http://a/' }
        - { step: login, url: 'http://169.254.169.254/latest' }
        - { step: login, url: 'http://\${host}/' }
        - { step: login, url: 'http://a/\${tokn}', text: a, form: { b: c } }
        - { step: login, url: 'http://a/', expect: { status: 99, json: { token: 1, /a: { matches: '(' } } } }
        - { step: login, url: 'http://a/', headers: { Authorization: Bearer b-literal }, form: { password: p-literal } }
        - { step: login, url: 'http://a/', headers: { Content-Length: '7' }, poll: 1ms, capture: { a b: { json: /a } } }
`)
  expect(exit).toBe(1)
  for (const line of [
    /:5:\d+.* `probes.key` to stay out of this file/,
    /:6:\d+.* `probes.reference\[0\]` to be an address/,
    /:12:\d+.* `probes.run\[0\].secrets.password.valueFile` to name a file that can be read \(ENOENT\)/,
    /:13:\d+.* `probes.run\[0\].caFile` to be a file of certificates in PEM/,
    /:15:\d+.* `probes.run\[0\].steps\[0\].method` to be "GET" or/,
    /:16:\d+.* `probes.run\[0\].steps\[1\].url` to be an address that services run on/,
    /:17:\d+.* `probes.run\[0\].steps\[2\].url` to be an address/,
    /:18:\d+.* one of `json`, `form` and `text`, got several/,
    /:18:\d+.* `probes.run\[0\].steps\[3\].url` to be the name of a secret/,
    /:19:\d+.* `probes.run\[0\].steps\[4\].expect.status`/,
    /:19:\d+.* a JSON pointer such as/,
    /:19:\d+.* a regular expression/,
    /:20:\d+.* `probes.run\[0\].steps\[5\].headers.Authorization` to name a secret, not to be one/,
    /:20:\d+.* `probes.run\[0\].steps\[5\].form.password` to name a secret, not to be one/,
    /:21:\d+.* a duration from `10ms` to `1m`/,
    /:21:\d+.* a header that a request may choose/,
  ]) {
    expect(stdout).toMatch(line)
  }
  expect(stdout).not.toContain('a-key-that-stands')
  expect(stdout).not.toMatch(/hunter2|-literal/)
})

test('a name that is taken, and a timeout beyond the interval, are told where the shape is right', async () => {
  const { exit, stdout } = await told(`  run:
    - { name: shop, journey: measure, interval: 10s, timeout: 20s, steps: [{ step: login, url: 'http://a/' }] }
`)
  expect(exit).toBe(1)
  expect(stdout).toMatch(/:6:\d+.* `probes.run\[0\].name` to be a name that no target and no other probe has/)
  expect(stdout).toMatch(/:6:\d+.* a timeout of at most the interval \(10s\), got 20s/)
})

test('journeys and steps that the journeys file does not have are told with what was meant', async () => {
  const { exit, stdout } = await told(`  run:
    - { name: one, journey: mesure, steps: [{ step: login, url: 'http://a/' }] }
    - { name: two, journey: measure, steps: [{ step: logon, url: 'http://a/' }] }
`)
  expect(exit).toBe(1)
  expect(stdout).toMatch(/:6:\d+.* a journey of the journeys file, got "mesure"/)
  expect(stdout).toMatch(/:7:\d+.* a step of measure, got "logon"/)
  expect(stdout).toContain('login')
})

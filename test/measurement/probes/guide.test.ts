import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { runTabiji } from '../ledger/testing/daemon.ts'
import { openDesk, WHOLE } from './testing/desk.ts'
import { KEY, openStudio, PASSWORD } from './testing/studio.ts'

const GUIDE = readFileSync(new URL('../../../docs/guides/probes.md', import.meta.url), 'utf8')
const ELSEWHERE = 'https://studio.example.com'

/** Times and the width of columns differ from run to run. */
const plain = (text: string) =>
  text
    .replaceAll(/\d+ ms/g, 'N ms')
    .replaceAll(/ +/g, ' ')
    .trim()

test('the probe of the guide runs as it stands there, and prints what the guide says', async () => {
  const studio = await openStudio()
  const { folder } = openDesk(WHOLE(studio.url))
  const [, probes = ''] = /^```yaml\n# tabiji.yaml\n(.*?)^```$/ms.exec(GUIDE) ?? []
  const [, command = '', printed = ''] = /^```console\n\$ tabiji (.*?)\n(.*?)^```$/ms.exec(GUIDE) ?? []
  const stated = probes.replaceAll(ELSEWHERE, studio.url).replaceAll('secrets/', '')
  writeFileSync(join(folder, 'tabiji.yaml'), `journeys: journeys.json\nstore: tabiji.db\n${stated}`)
  writeFileSync(join(folder, 'probe-key'), KEY)
  writeFileSync(join(folder, 'probe-password'), PASSWORD)
  expect((await runTabiji(folder, 'check')).exit).toBe(0)
  const { exit, stdout } = await runTabiji(folder, ...command.split(' '))
  expect(exit).toBe(0)
  expect(plain(stdout)).toBe(plain(printed.replaceAll(ELSEWHERE, studio.url)))
})

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { runCli } from '../../testing/captured-io.ts'
import { postmortemCommand } from './postmortem.ts'

const folder = mkdtempSync(join(tmpdir(), 'tabiji-postmortem-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function file(name: string, text: string): string {
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}

const tabiji = (...words: readonly string[]) => runCli([postmortemCommand], words)

test('lint hints with the place and a better wording, and never blocks', async () => {
  const path = file('a.md', '# INC-0001\n\nSuzuki was careless.\n不注意だった。\n')
  const { exit, stdout } = await tabiji('postmortem', 'lint', path, '--person', 'suzuki')
  expect(exit).toBe(0)
  expect(stdout).toContain(`${path}:3:1  Suzuki  (person-named)\n    instead: say what the role did`)
  expect(stdout).toContain(`${path}:3:12  careless  (judgement)`)
  expect(stdout).toContain(`${path}:4:1  不注意  (judgement)`)
  const { stdout: json } = await tabiji('postmortem', 'lint', path, '--json')
  expect(JSON.parse(json).hints).toHaveLength(2)
  expect((await tabiji('postmortem', 'lint', file('b.md', 'All is well.'))).stdout).toBe('Nothing to hint at.\n')
})

test('a fishbone is drawn as a picture, a list and for Mermaid', async () => {
  const path = file('c.yaml', 'effect: 購入が失敗\nbones: { design: [{ id: a, text: 待ち時間がない }] }\n')
  expect((await tabiji('postmortem', 'fishbone', path, '--as', 'svg', '--lang', 'ja')).stdout).toMatch(
    /^<svg .*設計・コード/s,
  )
  expect((await tabiji('postmortem', 'fishbone', path)).stdout).toBe(
    '- **Design & code**\n  - 待ち時間がない\n'.replace('&', '&amp;'),
  )
  expect((await tabiji('postmortem', 'fishbone', path, '--as', 'mermaid')).stdout).toContain(
    'ishikawa-beta\n    購入が失敗\n',
  )
})

test('what is wrong with a fishbone is told with its places', async () => {
  const path = file('d.yaml', 'effect: x\nbones:\n  担当者: [{ id: a, text: x }]\n')
  const ran = await tabiji('postmortem', 'fishbone', path)
  expect(ran).toMatchObject({ exit: 2, stdout: '' })
  expect(ran.stderr).toContain(`${path}:3:3: Expected a bone that is not a person`)
  expect(await tabiji('postmortem', 'fishbone', join(folder, 'none.yaml'))).toMatchObject({ exit: 2 })
})

test('the fishbone of the guide is one', async () => {
  const guide = readFileSync(new URL('../../../../../docs/guides/postmortems.md', import.meta.url), 'utf8')
  const yaml = /```yaml\n(effect:[\s\S]*?)```/.exec(guide)?.[1] ?? ''
  const { exit, stdout } = await tabiji('postmortem', 'fishbone', file('guide.yaml', yaml))
  expect({ exit, stdout }).toEqual({
    exit: 0,
    stdout: expect.stringContaining('    - why: The default client has no back-off\n'),
  })
})

import { spawn, spawnSync } from 'node:child_process'
import { once as finished } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { inFolderWith } from './testing/plant.ts'
import { ROOT } from './testing/repository.ts'

test('the tests run in a zone that nobody would take for their own', () => {
  expect(new Date(0).getTimezoneOffset()).toBe(210)
})

test('outputs of deleted sources go, all others stay', () => {
  const outputs = ['kept.js', 'kept.js.map', 'kept.d.ts', 'kept.d.ts.map', 'deep/kept.js', 'data.json']
  const stale = ['gone.js', 'gone.js.map', 'gone.d.ts', 'gone.d.ts.map', 'deep/gone.js']
  const plants = Object.fromEntries([...outputs, ...stale].map((path) => [`dist/${path}`, '']))
  inFolderWith({ ...plants, 'src/kept.ts': '', 'src/deep/kept.ts': '' }, (folder) => {
    expect(script('outputs.mjs', `console.log(removeStale(${JSON.stringify(folder)}))`)).toBe('5\n')
    expect(stale.filter((path) => existsSync(join(folder, 'dist', path)))).toEqual([])
    expect(outputs.filter((path) => !existsSync(join(folder, 'dist', path)))).toEqual([])
  })
})

test('the note of the last build goes with the outputs, and only with them', () => {
  const note = 'tsconfig.tsbuildinfo'
  inFolderWith({ [`built/${note}`]: '', 'built/dist/a.js': '', [`deleted/${note}`]: '' }, (folder) => {
    for (const each of ['built', 'deleted']) {
      script('outputs.mjs', `forgetDeleted(${JSON.stringify(join(folder, each))})`)
    }
    expect(existsSync(join(folder, 'built', note))).toBe(true)
    expect(existsSync(join(folder, 'deleted', note))).toBe(false)
  })
})

test('set-ups of one folder follow each other, also after one that was killed', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tabiji-law-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const once = (work: string) => `onlyOne(${JSON.stringify(folder)}, () => {}, () => { ${work} })`
  script('only-one.mjs', once(`process.kill(process.pid, 'SIGKILL')`))

  const log = JSON.stringify(join(folder, 'log'))
  const write = (word: string) => `appendFileSync(${log}, '${word} ' + process.pid + '\\n')`
  const pause = 'Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100)'
  const runs = [1, 2, 3].map(() =>
    spawn(process.execPath, call('only-one.mjs', once(`${write('began')}; ${pause}; ${write('ended')}`))),
  )
  await Promise.all(runs.map((run) => finished(run, 'exit')))

  const lines = readFileSync(join(folder, 'log'), 'utf8').trim().split('\n')
  expect(lines).toHaveLength(6)
  const began = lines.filter((_, i) => i % 2 === 0)
  expect(lines.filter((_, i) => i % 2 === 1)).toEqual(began.map((line) => line.replace('began', 'ended')))
})

/** Calls exports of a script in a process of its own. @returns what it printed. */
function script(name: string, code: string): string {
  return spawnSync(process.execPath, call(name, code), { encoding: 'utf8' }).stdout
}

function call(name: string, code: string): string[] {
  const imports = `import * as script from ${JSON.stringify(join(ROOT, 'scripts', name))}
import { appendFileSync } from 'node:fs'
const { onlyOne, removeStale, forgetDeleted } = script`
  return ['--input-type=module', '--eval', `${imports}\n${code}`]
}

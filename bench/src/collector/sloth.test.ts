import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { slothRules } from './sloth.ts'

/** A machine of a person may lack Prometheus, and the test is seen to be skipped; where all is judged it may not. */
const without = spawnSync('promtool', ['--version']).status !== 0 && process.env['CI'] !== 'true'

test.skipIf(without)('a real promtool takes the rules: 17 for each objective', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tabiji-sloth-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const file = join(folder, 'rules.json')
  writeFileSync(file, slothRules(3))

  const { status, stdout } = spawnSync('promtool', ['check', 'rules', file], { encoding: 'utf8' })

  expect(status).toBe(0)
  expect(stdout).toContain('51 rules found')
})

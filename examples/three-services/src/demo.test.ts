import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'

test('the demo tells which services stand in the way of the failure, and ends', () => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(import.meta.dirname, '../dist/demo.js')], {
    encoding: 'utf8',
  })
  expect([status, stderr]).toEqual([0, ''])
  expect(stdout).toContain('24 photos: 18 ended with 200, 6 ended with 500')
  expect(stdout).toMatch(/^storage +keep-photos\.put +dependency +\d+ +\d+ +6 +0 +.*WORST$/m)
})

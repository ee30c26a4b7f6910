import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openOn } from '../../../packages/collector/src/jobs/testing/ledger-on-file.ts'
import { temporaryFolder } from '../../../packages/collector/src/store/testing/temporary-folder.ts'
import { audited } from '../../../packages/collector/src/testing/audit.ts'

test('a store of the first layout balances as it is, and after it was brought up to date', () => {
  const file = join(temporaryFolder(), 'tabiji.db')
  copyFileSync(new URL('fixtures/store-v1.db', import.meta.url), file)
  const { schema: first, ...before } = audited(file)
  expect(before).toMatchObject({ rows: 1_000, entries: 2_000, accounts: 2, events: 14_008, disagreements: [] })
  const open = openOn(file)
  open.ledger.checkpoint(Date.parse('2026-12-01T00:00:00Z'))
  open.close()
  const { schema: now, points, ...after } = audited(file)
  expect([first, now > first]).toEqual([1, true])
  expect(after).toMatchObject({ rows: 1_000, entries: 2_000, accounts: 2, events: 14_008, disagreements: [] })
  expect(points).toBeGreaterThan(1)
})

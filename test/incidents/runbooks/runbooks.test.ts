import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { openHouse } from '../../alerting/inbound/testing/house.ts'
import { runTabiji, startDaemon } from '../../measurement/ledger/testing/daemon.ts'

const PATIENCE = { timeout: 60_000, interval: 50 }
const endings: (() => Promise<unknown>)[] = []

afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end()
}, 60_000)

test('a page of a real daemon brings the closest runbook along; people say whether it helped, and what lacks one is ranked', async () => {
  const house = await openHouse()
  endings.push(house.close)
  const write = (name: string, text: string) => writeFileSync(join(house.folder, 'runbooks', name), text)
  mkdirSync(join(house.folder, 'runbooks', 'checkout'))
  write(
    'checkout/errors.md',
    '---\njourney: checkout\nstep: pay\nsymptom: error\ntitle: { en: Payments fail, ja: 支払いに失敗する }\n---\n# Errors\n1. [ ] Ask the payment provider\n2. [ ] Switch to the other one\n',
  )
  write('checkout/slow.md', '---\njourney: checkout\nsymptom: slow\n---\n# Slow\n1. Look at the queue\n')
  write('search.md', '---\njourney: search\n---\n# Search\n1. Reindex\n')
  const daemon = await startDaemon(house.folder)
  endings.push(daemon.end)
  const tabiji = (...words: readonly string[]) => runTabiji(house.folder, ...words, '--url', daemon.api)

  house.counts.good = 500
  house.counts.error = 100
  const page = () => house.messages.find(({ data }) => data['level'] === 1)?.data
  await expect.poll(page, PATIENCE).toMatchObject({
    runbook: 'https://wiki.example.org/runbooks/checkout/errors',
    runbookTitle: { en: 'Payments fail', ja: '支払いに失敗する' },
    firstStep: 'Ask the payment provider',
  })
  const alert = String(page()?.['episode'])
  const chosen = await tabiji('runbook', 'for', alert)
  expect(chosen.stdout).toContain('because  the closest page of the folders')
  expect(chosen.stdout).toMatch(
    /\+ {2}checkout\/errors\.md +the closest of 1 that fit: checkout\/pay, error; the alert is about the whole journey, and pay hurts most/,
  )
  expect(chosen.stdout).toMatch(/- {2}checkout\/slow\.md +written for slow, this is error/)
  expect(chosen.stdout).toMatch(/- {2}search\.md +written for the journey search/)

  await tabiji('incident', 'open', 'Nobody can pay', '--episode', alert)
  expect((await tabiji('runbook', 'for', 'INC-0001')).stdout).toBe(chosen.stdout)
  const step = await tabiji('incident', 'step', 'INC-0001', '1')
  expect([step.exit, step.stdout]).toEqual([0, 'INC-0001: 1 of 2 steps of its runbooks are done\n'])
  expect((await tabiji('incident', 'steps', 'INC-0001')).stdout).toMatch(/1 \[x\] Ask the payment provider {2}\(/)
  const shownPage = await (await fetch(`${daemon.api}/incidents/INC-0001`, { headers: { accept: 'text/html' } })).text()
  expect(shownPage).toMatch(/<h3 id="runbook-0-errors">Errors<\/h3>[\s\S]*☑[\s\S]*☐[\s\S]*Switch to the other one/)
  const rank = async () => JSON.parse((await tabiji('runbook', 'rank', '--json')).stdout).rules
  expect(await rank()).toMatchObject([{ pages: 1, useful: 0, useless: 0, unanswered: 1 }])
  expect((await tabiji('incident', 'resolve', 'INC-0001')).stderr).toContain(
    'tabiji incident helped INC-0001 yes | partly | no | none',
  )
  const nope = await tabiji('incident', 'helped', 'INC-0001', 'no', '--runbook', 'nope')
  expect([nope.exit, nope.stderr]).toEqual([1, expect.stringContaining('got "nope"')])
  expect(nope.stderr).toContain('proposed: https://wiki.example.org/runbooks/checkout/errors')
  const first = ['--runbook', 'checkout/errors.md', '--note', 'no command in it']
  expect((await tabiji('incident', 'helped', 'INC-0001', 'no', ...first)).exit).toBe(0)
  const shown = await tabiji('incident', 'show', 'INC-0001')
  expect(shown.stdout).toContain(
    'the runbook https://wiki.example.org/runbooks/checkout/errors did not help: no command in it',
  )
  expect(await rank()).toMatchObject([{ pages: 1, useful: 0, useless: 1, unanswered: 0 }])
  expect((await tabiji('incident', 'helped', 'INC-0001', 'partly')).exit).toBe(0)
  expect(await rank()).toMatchObject([{ pages: 1, useful: 1, useless: 0, unanswered: 0 }])
  // The later answer holds, and the earlier one stays on record.
  const { incident, timeline } = JSON.parse((await tabiji('incident', 'show', 'INC-0001', '--json')).stdout)
  expect(incident.runbooks).toMatchObject([{ helped: 'partly' }])
  expect(timeline.filter(({ type }: { type: string }) => type === 'helped')).toHaveLength(2)
  expect((await tabiji('audit', 'list')).stdout).toContain('/incidents/INC-0001/helped')

  const none = await tabiji('runbook', 'for', 'A-9999')
  expect([none.exit, none.stderr]).toEqual([1, expect.stringContaining('There is no alert A-9999')])
}, 120_000)

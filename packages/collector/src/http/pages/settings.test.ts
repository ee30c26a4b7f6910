import { expect, test } from 'vitest'
import type { Finding } from '../../ports/doctor.ts'
import { openPages } from './testing/open-pages.ts'

const FINDING: Finding = {
  ...{ code: 'DOCTOR_STATUS', severity: 'error', where: 'shop <x>' },
  ...{ what: 'it answers 500', why: 'nothing is read', fix: 'mend it' },
}

test('the page and the API tell what is in force', async () => {
  const { ask, url } = await openPages()
  const { text } = await ask('/settings')
  expect(text).toContain('What is in force')
  expect(text).toMatch(/1 journeys, 1 objectives[\s\S]*level 1 above 14\.4× over 1h \/ 5m/)
  expect(text).not.toContain('Look now')
  const told = (await (await fetch(`${url}/api/v1/settings`)).json()) as {
    zone: string
    policies: { objectives: [] }[]
  }
  expect([told.zone, told.policies[0]?.objectives]).toEqual(['Asia/Tokyo', ['checkout/availability']])
})

test('the services are looked at when somebody asks, and by the journeys file in force', async () => {
  const asked: string[] = []
  const { ask } = await openPages(
    {},
    {
      examine: async ({ fingerprint }) => {
        asked.push(fingerprint)
        return { findings: [FINDING], looked: ['shop'], notLooked: [] }
      },
    },
  )
  expect((await ask('/settings')).text).toContain('Look now')
  expect(asked).toEqual([])
  const found = await ask('/settings?doctor=1')
  expect(found.text).toContain('DOCTOR_STATUS')
  expect(found.text).toContain('shop &lt;x&gt;')
  expect(asked).toHaveLength(1)
  const live = await ask('/settings?doctor=1', { headers: { accept: 'text/html', 'sec-fetch-dest': 'empty' } })
  expect(live.text).not.toContain('DOCTOR_STATUS')
})

test('a look that fails takes nothing else with it', async () => {
  const { ask } = await openPages(
    {},
    {
      examine: async () => {
        throw new Error('no network')
      },
    },
  )
  const { status, text } = await ask('/settings?doctor=1')
  expect(status).toBe(200)
  expect(text).toContain('What makes numbers wrong: this part could not be read.')
  expect(text).toContain('What is in force')
})

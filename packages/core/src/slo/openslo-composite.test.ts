import { expect, test } from 'vitest'
import { resolveDocument } from '../journey/resolve.ts'
import { foreignJourneys } from './foreign.ts'
import { exportOpenSlo, importOpenSlo, type OpenSloDocument, readOpenSlo, writeOpenSlo } from './openslo.ts'

const steps = { pay: { http: 'POST /orders', within: '1s' } }

function definitionOf(composites: object, latency: object | number = 90) {
  const read = resolveDocument({
    timeZone: 'Asia/Tokyo',
    classes: { read: '300ms', write: '1s', heavy: '20s' },
    journeys: {
      shop: { objectives: { availability: 99.5, 'pay.latency': latency }, composites, steps },
      cart: { objectives: { experience: 99 }, steps: { add: { http: 'POST /cart', within: '1s' } } },
    },
  })
  if (!read.ok) throw new Error(JSON.stringify(read.problems))
  return read.definition
}

const WHOLE = { whole: ['availability', 'pay.latency', 'cart/experience'] }

/** Written, and read again without a warning: as strictly as the SDK takes it. */
function readBack(documents: readonly OpenSloDocument[], edit = (text: string) => text) {
  const read = readOpenSlo(edit(writeOpenSlo(documents)), 'slo.yaml')
  if (!read.ok) throw new Error(JSON.stringify(read.problems))
  expect(read.warnings).toEqual([])
  return read.documents
}

test('a composite is an SLO with an indicator for each member, rings nobody, and comes back as it was', () => {
  const definition = definitionOf(WHOLE)
  const { documents, notes } = exportOpenSlo(definition)
  expect(notes).toEqual([])
  const composite = documents.find(({ metadata }) => metadata.name === 'shop-whole')
  expect(composite).toMatchObject({
    kind: 'SLO',
    metadata: { annotations: { 'tabiji/composite': 'whole' } },
    spec: {
      service: 'shop',
      budgetingMethod: 'Occurrences',
      timeWindow: [{ duration: '30d', isRolling: true }],
      objectives: [
        {
          displayName: 'shop/availability',
          targetPercent: 99.5,
          indicator: { metadata: { name: 'shop-availability' } },
        },
        { displayName: 'shop/pay.latency', targetPercent: 90 },
        { displayName: 'cart/experience', targetPercent: 99 },
      ],
    },
  })
  expect(composite?.spec).not.toHaveProperty('alertPolicies')
  const imported = importOpenSlo(readBack(documents))
  expect(imported.problems).toEqual([])
  const again = resolveDocument(imported.document)
  expect(again.ok && again.definition).toMatchObject({
    fingerprint: definition.fingerprint,
    journeys: [{ name: 'shop', composites: definition.journeys[0]?.composites }, { name: 'cart' }],
  })
})

test('whoever measures what was exported finds the same composite', () => {
  const documents = readBack(exportOpenSlo(definitionOf(WHOLE)).documents)
  const rules = { timeZone: 'Asia/Tokyo', taken: [], intervalMs: 60_000 }
  const { journeys, problems } = foreignJourneys(documents, rules)
  expect(problems).toEqual([])
  const shop = journeys.find(({ name }) => name === 'shop')
  expect(shop?.composites).toMatchObject([{ name: 'shop-whole', members: { length: 3 } }])
  const members = (shop?.composites?.[0]?.members ?? []).map((id) => id.slice('shop/'.length))
  expect(shop?.objectives.filter(({ name }) => members.includes(name)).map(({ targetPpm }) => targetPpm)).toEqual([
    995_000, 900_000, 990_000,
  ])
})

test.each([
  ['over several windows', { target: 90, window: '7d' }],
  ['whose budgets are kept in several ways', { target: 90, budgeting: 'ratio-timeslices', slice: '1m' }],
])('of members %s there is no SLO, which is said, and it comes back all the same', (why, latency) => {
  const definition = definitionOf(WHOLE, latency)
  const { documents, notes } = exportOpenSlo(definition)
  expect(notes).toEqual([
    `the composite shop/whole has members ${why}, which one SLO cannot say, so only the annotation has it`,
  ])
  expect(documents.some(({ metadata }) => metadata.name === 'shop-whole')).toBe(false)
  const again = resolveDocument(importOpenSlo(readBack(documents)).document)
  expect(again.ok && again.definition.journeys[0]?.composites).toEqual(definition.journeys[0]?.composites)
})

test.each([
  ['displayName: cart/experience', 'displayName: cart/other', 'its members are not those that were exported'],
  ['tabiji/composite: whole', 'tabiji/composite: half', 'no Service says that it is a composite'],
])('one that was edited (%s) is told with its place', (from, to, why) => {
  const documents = readBack(exportOpenSlo(definitionOf(WHOLE)).documents, (text) => text.replace(from, to))
  expect(importOpenSlo(documents).problems).toMatchObject([
    {
      code: 'OPENSLO_NOT_MAPPED',
      severity: 'warning',
      message: expect.stringContaining(why),
      at: { file: 'slo.yaml' },
    },
  ])
})

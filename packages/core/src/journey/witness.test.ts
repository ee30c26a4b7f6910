import { expect, test } from 'vitest'
import { readJourneys } from './document.ts'
import { SOUND } from './testing/sound.ts'

const given = (objectives: string) =>
  readJourneys(
    SOUND.replace(/ {4}objectives:\n.*\n.*\n/, () => `    objectives: ${objectives}\n`),
    'j.yaml',
  )

test('an objective of probes stands beside that of the services, and its name says whose it is', () => {
  const read = given('{ availability: 99.5, availability.probe: 99, upload.latency.probe: { of: probe, target: 95 } }')
  if (!read.ok) throw new Error(read.problems.map(({ message }) => message).join())
  const objectives = read.definition.journeys[0]?.objectives
  expect(objectives).toMatchObject([
    { name: 'availability', indicator: 'availability' },
    { name: 'availability.probe', indicator: 'availability', of: 'probe', targetPpm: 990_000 },
    { name: 'upload.latency.probe', indicator: 'latency', step: 'upload', of: 'probe' },
  ])
  expect(objectives?.[0]).not.toHaveProperty('of')
})

test('whose events are judged is part of the fingerprint', () => {
  const [own, probed] = [given('{ availability: 99.5 }'), given('{ availability.probe: 99.5 }')]
  if (!own.ok || !probed.ok) throw new Error('Expected both to be read')
  expect(own.definition.fingerprint).not.toBe(probed.definition.fingerprint)
})

test.each([
  ['availability: { of: probe, target: 99 }', 'call the objective `availability.probe`'],
  ['availability.probe: { of: own, target: 99 }', 'call the objective `availability`'],
])('%s is refused, because the name and `of` must say the same', (objective, hint) => {
  const read = given(`{ ${objective} }`)
  const told = { code: 'JOURNEYS_WITNESS', hint: expect.stringContaining(hint) }
  expect(read.ok ? [] : read.problems).toMatchObject([told])
})

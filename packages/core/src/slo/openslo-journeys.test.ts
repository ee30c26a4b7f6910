import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fingerprintOf } from '../journey/fingerprint.ts'
import type { Budgeting, Definition, Journey, SimpleAlert } from '../journey/index.ts'
import { resolveDocument } from '../journey/resolve.ts'
import { EXCLUDED_SHARE } from '../journey/resolve-alerts.ts'
import { staleRules } from '../journey/stale.ts'
import { journeys } from '../ruler/testing/objectives.ts'
import { exportOpenSlo, importOpenSlo, readOpenSlo, writeOpenSlo } from './openslo.ts'

const MINUTE = 60_000

/** Simple rules in the order in which a file has them: of the journey, the one that every journey has, of a step. */
const alertsOf = (journey: string): fc.Arbitrary<readonly SimpleAlert[]> => {
  const path = ['journeys', journey]
  const errors = (text: string, rest: object) => ({
    name: 'many',
    level: 1 as const,
    condition: { kind: 'above', subject: 'errors', limit: { count: 10 }, windowMs: 5 * MINUTE } as const,
    path: [...path, 'alerts', text],
    ...rest,
  })
  const absent: SimpleAlert = {
    name: 'gone',
    level: 2,
    condition: { kind: 'absent', forMs: 5 * MINUTE },
    note: 'Is it: the network?',
    runbook: 'https://wiki.example.org/gone',
    path: [...path, 'alerts', 'target absent for 5m'],
  }
  const share: SimpleAlert = {
    name: 'refused',
    level: 3,
    condition: {
      kind: 'above',
      subject: 'excluded',
      limit: { ppm: 25_000 },
      windowMs: 15 * MINUTE,
      forMs: 30 * MINUTE,
    },
    atLeast: 50,
    path: [...path, 'alerts', 'excluded > 2.5 % in 15m for 30m'],
  }
  const ofStep = errors('errors>10 in 300s', {
    step: 'upload',
    path: [...path, 'steps', 'upload', 'alerts', 'errors>10 in 300s'],
  })
  return fc
    .record({
      many: fc.boolean(),
      gone: fc.boolean(),
      excluded: fc.constantFrom('own', 'default', 'off'),
      stale: fc.constantFrom(undefined, { afterMs: 90_000, level: 1 } as const, false as const),
      step: fc.boolean(),
    })
    .map(({ many, gone, excluded, stale, step }) => [
      ...(many ? [errors('errors>10 in 300s', {})] : []),
      ...(gone ? [absent] : []),
      ...(excluded === 'own' ? [share] : []),
      ...(excluded === 'default' ? [EXCLUDED_SHARE] : []),
      ...(gone ? [] : staleRules(stale)),
      ...(step ? [ofStep] : []),
    ])
}

const http = (journey: Journey, i: number): Journey => ({
  ...journey,
  name: `${journey.name}-${i}`,
  owner: 'scan: team',
  steps: journey.steps.map((step) => ({ ...step, routes: [{ method: 'POST', path: `/v${i}/${step.name}` }] })),
})

const ruled = fc
  .array(journeys, { minLength: 1, maxLength: 3 })
  .chain((some) =>
    fc.tuple(
      ...some.map(http).map((journey) => alertsOf(journey.name).map((alerts): Journey => ({ ...journey, alerts }))),
    ),
  )

const definitions: fc.Arbitrary<Definition> = ruled.map((some) => {
  const found = { timeZone: 'Asia/Tokyo', classes: { read: 300, write: 1_500, heavy: 20_000 }, journeys: some }
  return { ...found, fingerprint: fingerprintOf(found) }
})

function imported(text: string) {
  const read = readOpenSlo(text, 'slo.yaml')
  if (!read.ok) throw new Error(read.problems.map(({ message }) => message).join('\n'))
  expect(read.warnings).toEqual([])
  return importOpenSlo(read.documents)
}

const [SAMPLE] = fc.sample(
  definitions.filter(({ journeys: [first] }) => first?.objectives[0]?.window.kind === 'month'),
  { numRuns: 1, seed: 7 },
)
const TEXT = SAMPLE === undefined ? '' : writeOpenSlo(exportOpenSlo(SAMPLE).documents)

/** One objective under the workbook's policy, with its budget kept in a way. */
function withBudgeting(budgeting: Budgeting | undefined): Definition {
  const journeys = (SAMPLE?.journeys ?? []).slice(0, 1).map((journey): Journey => {
    const window = { kind: 'rolling', ms: 28 * 86_400_000 } as const
    const objective = { name: 'availability', indicator: 'availability', targetPpm: 990_000, window } as const
    return { ...journey, objectives: [{ ...objective, ...(budgeting !== undefined && { budgeting }) }] }
  })
  const found = { timeZone: 'Asia/Tokyo', classes: {}, journeys }
  return { ...found, fingerprint: fingerprintOf(found) }
}

describe('a journeys file as OpenSLO', () => {
  test('comes back whole: steps, targets, windows, pairs, milestones, guard, simple rules', () => {
    fc.assert(
      fc.property(definitions, (definition) => {
        const { document, problems } = imported(writeOpenSlo(exportOpenSlo(definition).documents))
        expect(problems).toEqual([])
        const resolved = resolveDocument(document)
        expect(resolved).toMatchObject({ ok: true })
        if (resolved.ok) expect(resolved.definition).toEqual(definition)
      }),
    )
  })

  test.each<Budgeting>([
    { method: 'timeslices', sliceMs: 300_000, sliceTargetPpm: 999_500, onNoData: 'ignore' },
    { method: 'timeslices', sliceMs: 30_000, sliceTargetPpm: 1_000_000, onNoData: 'bad' },
    { method: 'ratio-timeslices', sliceMs: 60_000, onNoData: 'hold' },
    { method: 'ratio-timeslices', sliceMs: 15_000, onNoData: 'good' },
  ])('comes back with its slices: %o', (budgeting) => {
    const definition = withBudgeting(budgeting)
    const { documents, notes } = exportOpenSlo(definition)
    const { document, problems } = imported(writeOpenSlo(documents))
    expect(problems).toEqual([])
    expect(resolveDocument(document)).toMatchObject({ ok: true, definition })
    expect(notes.some((note) => note.includes('without data'))).toBe(budgeting.onNoData !== 'ignore')
    expect(notes.some((note) => note.includes('OpenSLO has no seconds'))).toBe(budgeting.sliceMs < 60_000)
  })

  test('has a policy for each pair that it can say, and a target for each level', () => {
    fc.assert(
      fc.property(definitions, (definition) => {
        const { documents } = exportOpenSlo(definition)
        const slos = documents.flatMap((document) => (document.kind === 'SLO' ? [document] : []))
        const pairs = definition.journeys.flatMap(({ objectives }) =>
          objectives.map(({ policy }) => policy?.pairs ?? []),
        )
        expect(slos.map(({ spec }) => spec.alertPolicies?.length ?? 0)).toEqual(
          pairs.map((each) => each.filter(({ longMs }) => longMs % 60_000 === 0).length),
        )
        const names = documents.map(({ kind, metadata: { name } }) => `${kind} ${name}`)
        expect(new Set(names).size).toBe(names.length)
      }),
    )
  })

  test('names stay names when journeys and steps are long, end in a hyphen, or run into each other', () => {
    const [journey] = fc.sample(journeys, 1)
    const steps = journey?.steps.slice(0, 1) ?? []
    const long = 'a'.repeat(63)
    const odd = ['a', 'a-b', 'a-b-c', 'end-', long].map((name, i): Journey => {
      const step = ['b-c', 'c', 'x', 'x', 'y'.repeat(63)][i] ?? ''
      const objective = { indicator: 'latency', targetPpm: 990_000, window: { kind: 'month' } } as const
      const routes = [{ method: 'GET', path: `/${i}` }]
      return {
        name,
        title: { en: name, ja: name },
        tier: 2,
        objectives: [
          { ...objective, name: 'latency' },
          { ...objective, name: `${step}.latency`, step },
        ],
        steps: steps.map((each) => ({ ...each, name: step, routes })),
      }
    })
    const found = { timeZone: 'UTC', classes: {}, journeys: odd }
    const definition = { ...found, fingerprint: fingerprintOf(found) }
    const { document } = imported(writeOpenSlo(exportOpenSlo(definition).documents))
    expect(resolveDocument(document)).toMatchObject({ ok: true, definition })
  })
})

describe('of what is imported', () => {
  test('targets and windows may have been edited', () => {
    const edited = TEXT.replace(/targetPercent: \S+/, 'target: 0.9123').replace(
      /duration: 1M\n.*isRolling: false\n.*calendar:\n.*\n.*\n/,
      'duration: 4w\n      isRolling: true\n',
    )
    const resolved = resolveDocument(imported(edited).document)
    expect(resolved.ok && resolved.definition.journeys[0]?.objectives[0]).toMatchObject({
      targetPpm: 912_300,
      window: { kind: 'rolling', ms: 28 * 86_400_000 },
    })
  })

  test('the method may have been edited, and what is no slice of ours is told when the file is read', () => {
    const written = writeOpenSlo(exportOpenSlo(withBudgeting(undefined)).documents)
    const slices = (length: string) =>
      written.replace(
        /budgetingMethod: Occurrences\n( +)objectives:\n( +)- /,
        `budgetingMethod: Timeslices\n$1objectives:\n$2- timeSliceWindow: ${length}\n$2  timeSliceTarget: 0.9995\n$2  `,
      )
    const resolved = resolveDocument(imported(slices('5m')).document)
    expect(resolved.ok && resolved.definition.journeys[0]?.objectives[0]?.budgeting).toEqual({
      method: 'timeslices',
      sliceMs: 300_000,
      sliceTargetPpm: 999_500,
      onNoData: 'ignore',
    })
    expect(resolveDocument(imported(slices('7h')).document)).toMatchObject({
      ok: false,
      problems: expect.arrayContaining([expect.objectContaining({ code: 'JOURNEYS_BUDGETING' })]),
    })
  })

  test.each([
    ['other queries', /query: (sum.*)/, 'query: rate($1)', 'its queries are not those that were exported'],
    [
      'a month elsewhere',
      /timeZone: Asia\/Tokyo/,
      'timeZone: UTC',
      'its calendar window is cut in UTC, and budgets of this file in Asia/Tokyo',
    ],
    ['no name of an objective', /tabiji\/objective: (.*)/, 'other/objective: $1', 'names no objective'],
    ['another service', /service: (.*)/, 'service: nobody', 'no Service nobody says by tabiji/journey'],
  ])('%s does not map, and is told with its place', (_, right, written, reason) => {
    const edited = TEXT.replace(right, written)
    expect(edited).not.toBe(TEXT)
    const { problems } = imported(edited)
    expect(problems).toMatchObject([{ code: 'OPENSLO_NOT_MAPPED', severity: 'warning', at: { file: 'slo.yaml' } }])
    expect(problems[0]?.message).toContain(reason)
  })

  test('an annotation that is no JSON, and Services of two files, are refused', () => {
    expect(imported(TEXT.replace(/tabiji\/journey: .*/, 'tabiji/journey: oops')).problems).toMatchObject(
      expect.arrayContaining([expect.objectContaining({ code: 'OPENSLO_ANNOTATION', severity: 'error' })]),
    )
    const other = TEXT.replaceAll('Asia/Tokyo', 'UTC').replaceAll(/name: (measure|page|ticket|notice)/g, 'name: x$1')
    expect(imported(`${TEXT}---\n${other}`).problems).toMatchObject(
      expect.arrayContaining([expect.objectContaining({ code: 'OPENSLO_SEVERAL_FILES', severity: 'error' })]),
    )
  })
})

test('what probes saw is left out, and that is said', () => {
  const [journey] = SAMPLE?.journeys ?? []
  if (SAMPLE === undefined || journey === undefined) throw new Error('Expected a sample')
  const [objective] = journey.objectives
  if (objective === undefined) throw new Error('Expected an objective')
  const probed = { ...objective, name: `${objective.name}.probe`, of: 'probe' } as const
  const more = { ...SAMPLE, journeys: [{ ...journey, objectives: [...journey.objectives, probed] }] }
  const { documents, notes } = exportOpenSlo(more)
  expect(documents).toEqual(exportOpenSlo({ ...SAMPLE, journeys: [journey] }).documents)
  expect(notes.join()).toContain(`${journey.name}/${probed.name} is about what probes saw`)
})

import { type Definition, defineJourneys, type StepReference } from '@tabiji/core/journey'
import { Registry } from 'prom-client'
import { expect, expectTypeOf, test } from 'vitest'
import { createRecorder } from './recorder.ts'
import type { JourneyOf, StepOf } from './typed-steps.ts'

const journeys = defineJourneys({
  timeZone: 'Asia/Tokyo',
  journeys: {
    'measure-feet': {
      steps: { upload: { http: 'PUT /photo', within: '2s' }, process: { job: true, within: '20s' } },
    },
    'view-result': { steps: { read: { http: 'GET /result', within: '300ms' } } },
  },
})

test('a recorder takes only pairs of names that are declared together', async () => {
  const problems: string[] = []
  const onProblem = ({ message }: { message: string }) => void problems.push(message)
  const recorder = createRecorder(journeys, { registry: new Registry(), service: 'scanner', onProblem })
  recorder.step('measure-feet', 'upload')
  recorder.tally('view-result', 'read')('good', 1)
  expect(problems).toEqual([])
  // @ts-expect-error `read` is a step of the other journey.
  await recorder.run('measure-feet', 'read', () => undefined)
  // @ts-expect-error there is no such journey.
  recorder.step('measure-foot', 'upload')
  expect(problems).toEqual(['The journeys file declares no step "read" of "measure-feet".'])
})

test('the names of a definition that was read are text', () => {
  expectTypeOf<JourneyOf<Definition>>().toEqualTypeOf<string>()
  expectTypeOf<StepOf<Definition, string>>().toEqualTypeOf<string>()
  expectTypeOf<StepOf<typeof journeys, 'measure-feet'>>().toEqualTypeOf<'upload' | 'process'>()
})

test('a pair of names as a value is checked when it is made, and where it is taken', () => {
  const recorder = createRecorder(journeys, { registry: new Registry(), service: 'scanner' })
  const read = journeys.step('view-result', 'read')
  expectTypeOf(read).toEqualTypeOf<StepReference<'view-result', 'read'>>()
  expect(read).toEqual({ journey: 'view-result', step: 'read' })
  recorder.step(read)
  // @ts-expect-error `read` is a step of the other journey.
  journeys.step('measure-feet', 'read')
  // @ts-expect-error these journeys have no such step.
  recorder.step({ journey: 'view-result', step: 'upload' })
})

import { expect, test } from 'vitest'
import type { Problem } from '../problem/index.ts'
import { readJourneys } from './document.ts'
import { SOUND } from './testing/sound.ts'

/** The problems of the sound file with one text replaced by another. */
function problemsWith(from: string, to: string): readonly Problem[] {
  expect(SOUND).toContain(from)
  const read = readJourneys(SOUND.replace(from, to), 'journeys.yaml')
  return read.ok ? read.warnings : read.problems
}

const told = ({ severity, message, hint, at }: Problem) =>
  `${at?.line}:${at?.column} ${severity}: ${message}${hint === undefined ? '' : ` | ${hint}`}`

test.each([
  [
    'heavy: 20s',
    'heavy: 20',
    ['2:43 error: Expected `classes.heavy` to be a duration such as `300ms`, `1.5s` or `20s`, got 20'],
  ],
  [
    'classes: { read: 300ms, write: 1s, heavy: 20s }',
    'classes: { write: 1s, heavy: 20s }',
    [
      '2:1 warning: Expected `classes` to be three to five classes that the steps share, got 2 | few shared promises can be remembered and compared; one for all is too loose, one for each is noise',
    ],
  ],
  [
    'measure-feet:',
    'Measure-Feet:',
    [
      '4:3 error: Expected `journeys.Measure-Feet` to be a name of at most 63 small letters, digits and hyphens that begins with a letter, got "Measure-Feet"',
    ],
  ],
  [
    'title: { en: Measure feet, ja: 足を計測する }',
    'title: { en: Measure feet }',
    [
      '5:5 warning: Expected `journeys.measure-feet.title.ja` to be the title in Japanese, got nothing | until then the title in the other language is shown',
    ],
  ],
  [
    'title: { en: Measure feet, ja: 足を計測する }',
    'title: Measure feet',
    ['5:12 error: Expected `journeys.measure-feet.title` to be of type object, got "Measure feet"'],
  ],
  [
    '    runbook: https://runbooks.example.com/measure-feet\n',
    '',
    [
      '4:3 warning: Expected `journeys.measure-feet.runbook` to be the address of a runbook, got nothing | every alert brings it along',
    ],
  ],
  [
    'https://runbooks',
    'javascript://runbooks',
    [
      '7:14 error: Expected `journeys.measure-feet.runbook` to be an address that begins with http:// or https://, got "javascript://runbooks.example.com/measure-feet"',
    ],
  ],
  ['tier: 1', 'tier: 4', ['8:11 error: Expected `journeys.measure-feet.tier` to be 1 or 2 or 3, got 4']],
  [
    'tier: 1',
    'window: 400d1h',
    [
      '8:13 error: Expected `journeys.measure-feet.window` to be `month`, or a length of whole seconds up to 400d such as `30d`, got "400d1h"',
    ],
  ],
  [
    '99.5',
    '99.99999',
    [
      '10:21 error: Expected `journeys.measure-feet.objectives.availability` to be a percentage above 0 and below 100 with at most 4 decimals, such as 99.5, got 99.99999',
    ],
  ],
  [
    '99.5',
    "'99.5 %'",
    [
      '10:21 error: Expected `journeys.measure-feet.objectives.availability` to be a percentage such as 99.5, or an object with a `target`, got "99.5 %"',
    ],
  ],
  [
    '99.5',
    '{ targt: 99.5 }',
    ['10:23 error: Unknown key `targt` in `journeys.measure-feet.objectives.availability` | did you mean "target"?'],
  ],
  [
    'availability:',
    'availabilty:',
    [
      '10:7 error: Expected `journeys.measure-feet.objectives.availabilty` to be an indicator (availability, latency, experience), or one of a step such as `upload.latency`, got "availabilty" | did you mean "availability"?',
    ],
  ],
  [
    'process.latency',
    'proces.latency',
    [
      '11:7 error: Expected `journeys.measure-feet.objectives["proces.latency"]` to be about the journey or one of its steps, got "proces" | did you mean "process"?',
    ],
  ],
  [
    '{ target: 95, window: month }',
    '{ target: 95, window: { calendar: 13M, from: 2026-02-30, to: 1 } }',
    [
      '11:58 error: Expected `journeys.measure-feet.objectives["process.latency"].window.calendar` to be days, weeks, months, quarters or years, a year at most: `1w`, `2w`, `1M`, `1Q`, `1Y`, got "13M"',
      '11:69 error: Expected `journeys.measure-feet.objectives["process.latency"].window.from` to be the date of a first day, such as `2026-01-05`, got "2026-02-30"',
      '11:81 error: Unknown key `to` in `journeys.measure-feet.objectives["process.latency"].window` | known: calendar, from',
    ],
  ],
  [
    '{ target: 95, window: month }',
    '{ window: month }',
    [
      '11:7 error: Expected `journeys.measure-feet.objectives["process.latency"].target` to be a percentage above 0 and below 100 with at most 4 decimals, such as 99.5, got nothing',
    ],
  ],
  [
    'POST /v1/scans,',
    'post /v1/scans,',
    [
      '13:22 error: Expected `journeys.measure-feet.steps.start.http` to be a method (GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS) and a path, such as `GET /v1/scans/:id`, got "post /v1/scans"',
    ],
  ],
  [
    '[PUT /v1/scans/:id/photo]',
    '[PUT /v1/scans/:id/photo, POST /v1/scans/]',
    [
      '14:49 error: Expected `journeys.measure-feet.steps.upload.http[1]` to be a route of one step only (it belongs to measure-feet/start already), got "POST /v1/scans/"',
    ],
  ],
  [
    'start: { http: POST /v1/scans, within: write }',
    'start: { within: write }',
    [
      '13:7 error: Expected `journeys.measure-feet.steps.start` to be a step with either `http` or `job: true` (it has neither), got an object',
    ],
  ],
  [
    '{ job: true, within: heavy }',
    '{ job: true, within: heavy, candidate: heavie }',
    [
      '15:55 error: Expected `journeys.measure-feet.steps.process.candidate` to be the name of a class, or a duration such as `2s`, got "heavie" | did you mean "heavy"?',
    ],
  ],
  [
    '{ job: true, within: heavy }',
    '{ job: true, within: heavy, candidate: 20000ms }',
    [
      '15:55 warning: Expected `journeys.measure-feet.steps.process.candidate` to be another time than `within`, got "20000ms" | take it out once it is what is promised',
    ],
  ],
  [
    '{ job: true, within: heavy }',
    '{ job: true, within: heavy, from: body }',
    [
      '15:44 error: Expected `journeys.measure-feet.steps.process.from` to be absent, because a job has no request, got "body" | only a step with `http` has it',
    ],
  ],
  [
    'within: 2s',
    'with: 2s',
    ['14:50 error: Unknown key `with` in `journeys.measure-feet.steps.upload` | did you mean "within"?'],
  ],
  [
    '[429]',
    '[42]',
    ['14:110 error: Expected `journeys.measure-feet.steps.upload.excluded[0]` to be at least 100, got 42'],
  ],
])('%s → %s is told', (from, to, problems) => {
  expect(problemsWith(from, to).map(told)).toEqual(problems)
})

test.each([
  [
    '{ level: 4, long: 1h, short: 5m, factor: 14.4 }',
    '2:28 error: Expected `policy.pairs[0].level` to be 1 or 2 or 3, got 4',
  ],
  [
    '{ level: 1, long: 5m, short: 1h, factor: 14.4 }',
    '2:19 error: Expected `policy.pairs[0]` to be a pair whose `short` is shorter than its `long`, got an object',
  ],
  [
    '{ level: 1, long: 1h, short: 1500ms, factor: 14.4 }',
    '2:48 error: Expected `policy.pairs[0].short` to be a duration of whole seconds such as `30s`, `5m` or `1h`, got "1500ms"',
  ],
  [
    '{ level: 1, long: 1h, short: 5m, factor: 14.4, spends: 2% }',
    '2:19 error: Expected `policy.pairs[0]` to be a pair with one of `factor` and `spends`, got an object',
  ],
  [
    '{ level: 1, long: 1h, short: 5m }',
    '2:19 error: Expected `policy.pairs[0]` to be a pair with one of `factor` and `spends`, got an object',
  ],
  [
    '{ level: 1, long: 1h, short: 5m, factor: 0 }',
    '2:60 error: Expected `policy.pairs[0].factor` to be a factor above 0 with at most 3 decimals, such as 14.4, got 0',
  ],
  [
    '{ level: 1, long: 1h, short: 5m, factor: 1.23456 }',
    '2:60 error: Expected `policy.pairs[0].factor` to be a factor above 0 with at most 3 decimals, such as 14.4, got 1.23456',
  ],
  [
    '{ level: 1, long: 1h, short: 5m, spends: 120% }',
    '2:60 error: Expected `policy.pairs[0].spends` to be a share of the budget above 0 % and up to 100 %, such as `10%`, got "120%"',
  ],
])('the pair %s is refused', (pair, problem) => {
  expect(problemsWith('classes', `policy: { pairs: [${pair}] }\nclasses`).map(told)).toEqual([problem])
})

test('more than fifty steps are refused', () => {
  const steps = Array.from({ length: 51 }, (_, i) => `      step-${i}: { job: true, within: 1s }\n`).join('')
  expect(problemsWith('    steps:\n', `    steps:\n${steps}`).map(told)).toEqual([
    '12:5 error: Expected `journeys.measure-feet.steps` to be an object with at most 50 steps, got an object',
  ])
})

test('a name that every object has in JavaScript is no class', () => {
  expect(problemsWith('within: write', 'within: constructor')).toMatchObject([{ code: 'JOURNEYS_UNKNOWN_CLASS' }])
})

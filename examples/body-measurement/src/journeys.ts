import { defineJourneys } from '@tabiji/core/journey'

/**
 * What customers do with the service and what they are promised. The policy is the demo's: windows of a minute instead
 * of hours, so that an alert rings while somebody watches. It is data like everything else here; a production file
 * leaves `policy` out and gets the windows of the SRE workbook.
 */
export const journeys = defineJourneys({
  timeZone: 'Asia/Tokyo',
  classes: { read: '300ms', write: '1s', heavy: '2s' },
  policy: {
    pairs: [
      { level: 1, long: '60s', short: '5s', factor: 14.4 },
      { level: 2, long: '5m', short: '25s', factor: 6 },
    ],
  },
  journeys: {
    'measure-feet': {
      title: { en: 'Measure feet', ja: '足を計測する' },
      owner: 'scan-team',
      runbook: 'https://runbooks.example.com/measure-feet',
      tier: 1,
      window: '30d',
      objectives: { availability: 99.5, experience: 99, 'process.latency': 98 },
      steps: {
        start: { http: 'POST /v1/measurements', within: 'read' },
        // From the last byte on: how long the customer's radio takes for a photo is not our promise.
        upload: { http: 'PUT /v1/measurements/:id/photo', within: 'write', from: 'body' },
        process: { job: true, within: 'heavy' },
      },
    },
    'view-result': {
      title: { en: 'View a result', ja: '計測結果を見る' },
      owner: 'app-team',
      runbook: 'https://runbooks.example.com/view-result',
      tier: 2,
      window: 'month',
      objectives: { availability: 99.9, latency: 99 },
      steps: { read: { http: 'GET /v1/measurements/:id', within: 'read' } },
    },
  },
})

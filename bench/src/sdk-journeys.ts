import { defineJourneys } from '@tabiji/core/journey'

/** What the services of these benches promise. */
export const journeys = defineJourneys({
  timeZone: 'UTC',
  classes: { read: '300ms', write: '1s', heavy: '20s' },
  journeys: {
    'measure-feet': {
      steps: {
        start: { http: 'POST /v1/measurements', within: 'read' },
        upload: { http: 'PUT /v1/measurements/:id/photo', within: 'write' },
        process: { job: true, within: 'heavy' },
      },
    },
    'view-result': { steps: { read: { http: 'GET /v1/measurements/:id', within: 'read' } } },
  },
})

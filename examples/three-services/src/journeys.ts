import { defineJourneys } from '@tabiji/core/journey'

/**
 * One file for all three services. Customers are promised `measure-feet` by the web service. The two teams behind it
 * promise their own work to whoever calls them.
 */
export const journeys = defineJourneys({
  timeZone: 'Asia/Tokyo',
  classes: { read: '300ms', write: '1s', heavy: '5s' },
  journeys: {
    'measure-feet': {
      title: { en: 'Measure feet', ja: '足を計測する' },
      owner: 'web-team',
      runbook: 'https://runbooks.example.com/measure-feet',
      tier: 1,
      objectives: { availability: 99.5 },
      steps: {
        send: { http: 'POST /photos', within: 'write' },
        read: { http: 'GET /results/:id', within: 'read' },
      },
    },
    'find-feet': {
      title: { en: 'Find feet in photos', ja: '写真から足を見つける' },
      owner: 'measurement-team',
      runbook: 'https://runbooks.example.com/find-feet',
      objectives: { availability: 99.9 },
      steps: {
        take: { http: 'POST /jobs', within: 'write' },
        find: { job: true, within: 'heavy' },
        tell: { http: 'GET /jobs/:id', within: 'read' },
      },
    },
    'keep-photos': {
      title: { en: 'Keep photos', ja: '写真を保管する' },
      owner: 'storage-team',
      runbook: 'https://runbooks.example.com/keep-photos',
      objectives: { availability: 99.9 },
      steps: { put: { http: 'PUT /stored/:id', within: 'write' } },
    },
  },
})

import { defineJourneys } from '@tabiji/core/journey'

/** One journey of one step. Windows of a minute instead of hours, so that an alert rings while somebody watches. */
export const journeys = defineJourneys({
  timeZone: 'Asia/Tokyo',
  classes: { read: '300ms', write: '1s', heavy: '5s' },
  policy: { milestones: [], pairs: [{ level: 1, long: '60s', short: '5s', factor: 10 }] },
  journeys: {
    checkout: {
      title: { en: 'Check out', ja: '購入する' },
      owner: 'shop-team',
      runbook: 'https://runbooks.example.com/checkout',
      objectives: { availability: 99 },
      steps: { pay: { http: 'POST /payments', within: 'write' } },
    },
  },
})

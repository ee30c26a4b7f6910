/** What the collector measures and the service counts by. */
export const shopJourneys = {
  timeZone: 'Asia/Tokyo',
  journeys: {
    checkout: {
      title: { en: 'Check out', ja: '購入' },
      owner: 'shop-team',
      runbook: 'https://wiki.example.org/runbooks/checkout',
      objectives: { availability: 99 },
      steps: { pay: { http: 'POST /orders', within: '10s' } },
    },
  },
}

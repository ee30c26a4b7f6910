/** A journeys file with nothing to say about it. */
export const SOUND = `timeZone: Asia/Tokyo
classes: { read: 300ms, write: 1s, heavy: 20s }
journeys:
  measure-feet:
    title: { en: Measure feet, ja: 足を計測する }
    owner: scan-team
    runbook: https://runbooks.example.com/measure-feet
    tier: 1
    objectives:
      availability: 99.5
      process.latency: { target: 95, window: month }
    steps:
      start: { http: POST /v1/scans, within: write }
      upload: { http: [PUT /v1/scans/:id/photo], within: 2s, from: body, good: [404], bad: [422], excluded: [429] }
      process: { job: true, within: heavy }
`

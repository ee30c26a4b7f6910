import type { Around } from '../page/around.ts'

/** A quiet afternoon, seen by somebody who may change things. */
export const AROUND: Around = {
  language: 'en',
  theme: 'system',
  keys: true,
  kiosk: false,
  paper: false,
  zone: 'Asia/Tokyo',
  houseZone: 'Asia/Tokyo',
  now: '2026-10-15T14:02:10+09:00',
  path: '/journeys',
  visitor: { name: 'suzuki', may: 'write', by: 'name' },
  formToken: 'proof',
  ringing: [],
  open: { alerts: 0, pages: 0, incidents: 0 },
  dataUntil: '2026-10-15T14:02:10+09:00',
  unread: [],
  failed: {},
  fingerprint: '5d93736e1ef48881',
  version: '0.1.0',
  sample: false,
  assets: { style: '/assets/pages.css', script: '/assets/pages.js' },
}

/** Hostile on purpose: digits, quotes and tags that are no figures. */
const ODD = { en: 'Pay “2 < 3” & <b>44</b> %5', ja: '支払う「2<3」&<b>44</b>' }

const FAST =
  '{ milestones: [], pairs: [{ level: 1, long: 1h, short: 5m, factor: 10 }, { level: 2, long: 6h, short: 30m, factor: 3 }] }'
const SLICED = '{ milestones: [], pairs: [{ level: 2, long: 6h, short: 1h, factor: 6 }] }'

export const JOURNEYS = `timeZone: Asia/Tokyo
classes: { read: 300ms, write: 1s, heavy: 20s }
journeys:
  checkout:
    title: { en: Check out, ja: 購入 }
    owner: shop-team
    runbook: https://runbooks.example.com/checkout
    tier: 1
    objectives:
      availability: { target: 99.9, policy: ${FAST} }
      pay.latency: { target: 97.25, window: month }
    composites: { whole: [availability, search/availability] }
    steps: { pay: { http: POST /pay, within: write }, cart: { http: GET /cart, within: read } }
  search:
    title: { en: Search, ja: 検索 }
    owner: find-team
    runbook: https://runbooks.example.com/search
    objectives: { availability: 99.5, latency: 98 }
    steps: { find: { http: GET /find, within: read } }
  import-photos:
    title: { en: Bring photos in, ja: 写真の取り込み }
    owner: photo-team
    runbook: https://runbooks.example.com/photos
    tier: 3
    objectives: { availability: { target: 99, window: month }, experience: 95 }
    steps: { run: { job: true, within: heavy } }
  rare:
    title: { en: Ask for a refund, ja: 返金の依頼 }
    owner: shop-team
    runbook: https://runbooks.example.com/refund
    objectives: { availability: { target: 99.95, window: month } }
    steps: { ask: { http: POST /refund, within: write } }
  never:
    title: { en: Close an account, ja: 退会 }
    owner: shop-team
    runbook: https://runbooks.example.com/close
    objectives: { availability: 99 }
    steps: { leave: { http: DELETE /me, within: write } }
  mended:
    title: { en: Change an address, ja: 住所の変更 }
    owner: shop-team
    runbook: https://runbooks.example.com/address
    objectives: { availability: 99.3 }
    steps: { save: { http: PUT /address, within: write } }
  gapped:
    title: { en: Follow a parcel, ja: 荷物の追跡 }
    owner: find-team
    runbook: https://runbooks.example.com/parcel
    objectives: { availability: { target: 98.7, window: month } }
    steps: { look: { http: GET /parcel, within: read } }
  sliced:
    title: { en: Leave a review, ja: レビューの投稿 }
    owner: find-team
    runbook: https://runbooks.example.com/review
    objectives:
      availability: { target: 97, budgeting: timeslices, slice: 1h, sliceTarget: 99, onNoData: ignore, policy: ${SLICED} }
      experience: { target: 96, budgeting: ratio-timeslices, slice: 1h, policy: ${SLICED} }
    steps: { post: { http: POST /review, within: write } }
  odd:
    title: { en: '${ODD.en}', ja: '${ODD.ja}' }
    owner: 'team 7 & sons'
    runbook: https://runbooks.example.com/odd
    objectives: { experience: { target: 98.4, policy: ${FAST} } }
    steps: { go: { http: POST /odd, within: write } }
`

/** Events of an hour of each step, and of each ten-thousand how many are slow, failed or excluded. */
export const TRAFFIC = {
  'checkout/pay': { hour: 5_321, slow: 211, error: 4, excluded: 13 },
  'checkout/cart': { hour: 8_713, slow: 97, error: 3, excluded: 0 },
  'search/find': { hour: 12_347, slow: 141, error: 31, excluded: 7 },
  'import-photos/run': { hour: 733, slow: 377, error: 163, excluded: 0 },
  'rare/ask': { hour: 1, slow: 0, error: 0, excluded: 0 },
  'never/leave': { hour: 0, slow: 0, error: 0, excluded: 0 },
  'mended/save': { hour: 1_907, slow: 53, error: 41, excluded: 0 },
  'gapped/look': { hour: 2_111, slow: 0, error: 59, excluded: 0 },
  'sliced/post': { hour: 911, slow: 67, error: 71, excluded: 0 },
  'odd/go': { hour: 3_019, slow: 83, error: 29, excluded: 0 },
} as const

export type StepName = keyof typeof TRAFFIC

/** What an hour of a step comes to: never the same twice. */
export function hourOf(name: StepName, hour: number): readonly [number, number, number, number] {
  const { hour: all, slow, error, excluded } = TRAFFIC[name]
  // A night is quiet, and every ninth hour is twice as bad as the others.
  const events = Math.round(all * (1 + ((hour * 7) % 24) / 31))
  const of = (part: number) => Math.floor((events * part * (hour % 9 === 0 ? 2 : 1)) / 10_000)
  const [late, failed, left] = [of(slow), of(error), of(excluded)]
  return [events - late - failed - left, late, failed, left]
}

import { defineJourneys } from '@tabiji/core/journey'
import { ZONE } from './year.ts'

/** What is known of a journey, and how the year treats it. */
export type Sample = {
  readonly name: string
  readonly title: { readonly en: string; readonly ja: string }
  readonly service: 'shop' | 'account' | 'logistics'
  readonly tier: 1 | 2 | 3
  readonly target: number
  /** Events in an average hour. */
  readonly hourly: number
  /** Of a million events: those that fail when nothing is wrong. */
  readonly failingPpm: number
}

type Row = readonly [string, string, string, Sample['service'], Sample['tier'], number, number, number]

const ROWS: readonly Row[] = [
  ['checkout', 'Check out', '購入', 'shop', 1, 99.9, 40, 350],
  ['search', 'Search', '検索', 'shop', 1, 99.5, 120, 1_400],
  ['browse', 'Look at a product', '商品を見る', 'shop', 1, 99.5, 160, 700],
  ['add-to-cart', 'Put into the cart', 'カートに入れる', 'shop', 1, 99.5, 60, 900],
  ['pay-by-card', 'Pay by card', 'カードで支払う', 'shop', 1, 99.5, 36, 1_900],
  ['pay-by-invoice', 'Pay by invoice', '請求書で支払う', 'shop', 2, 99, 6, 2_000],
  ['redeem-voucher', 'Redeem a voucher', 'クーポンを使う', 'shop', 3, 99, 8, 7_600],
  ['recommendations', 'See recommendations', 'おすすめを見る', 'shop', 3, 98, 70, 11_000],
  ['reviews', 'Read reviews', 'レビューを読む', 'shop', 3, 99, 50, 2_000],
  ['write-review', 'Write a review', 'レビューを書く', 'shop', 3, 99, 4, 1_000],
  ['wishlist', 'Keep a wish list', 'ほしい物リスト', 'shop', 3, 99, 10, 5_500],
  ['sign-in', 'Sign in', 'ログイン', 'account', 1, 99.5, 50, 500],
  ['sign-up', 'Sign up', '会員登録', 'account', 1, 99.5, 12, 1_200],
  ['reset-password', 'Reset a password', 'パスワードの再設定', 'account', 2, 99, 5, 3_000],
  ['change-address', 'Change an address', '住所の変更', 'account', 2, 99, 5, 1_500],
  ['order-history', 'See past orders', '注文履歴を見る', 'account', 2, 99.5, 25, 1_600],
  ['close-account', 'Close an account', '退会', 'account', 3, 99, 0.08, 0],
  ['loyalty-points', 'See loyalty points', 'ポイントを見る', 'account', 3, 99, 15, 10_400],
  ['gift-card', 'Buy a gift card', 'ギフト券を買う', 'account', 3, 99, 0, 0],
  ['track-parcel', 'Track a parcel', '荷物の追跡', 'logistics', 1, 99.5, 45, 800],
  ['choose-slot', 'Choose a delivery time', '配達日時の指定', 'logistics', 2, 99.5, 18, 2_600],
  ['return-item', 'Return an item', '返品', 'logistics', 2, 99, 6, 1_800],
  ['print-label', 'Print a label', '送り状の印刷', 'logistics', 2, 99, 9, 4_000],
  ['find-shop', 'Find a shop', '店舗を探す', 'logistics', 3, 99, 20, 1_000],
  ['pick-up', 'Pick up in a shop', '店舗受け取り', 'logistics', 2, 99, 7, 2_200],
]

export const SAMPLES: readonly Sample[] = ROWS.map(([name, en, ja, service, tier, target, hourly, failingPpm]) => ({
  ...{ name, title: { en, ja }, service, tier, target, hourly, failingPpm },
}))

/** The step that every journey of the sample has. */
export const STEP = 'go'

/** What `checkout` promised before it was raised. */
const CHECKOUT_BEFORE = 99.5

/** The journeys file before or after the target was raised. */
export function journeysOf(raised: boolean) {
  return defineJourneys({
    timeZone: ZONE,
    classes: { read: '300ms', write: '1s', heavy: '5s' },
    // Windows of whole hours: the history has a reading an hour.
    policy: {
      pairs: [
        { level: 1, long: '6h', short: '1h', factor: 14.4 },
        { level: 2, long: '3d', short: '6h', factor: 1 },
      ],
      keep: '1h',
    },
    journeys: Object.fromEntries(
      SAMPLES.map(({ name, title, service, tier, target }) => [
        name,
        {
          ...{ title, owner: `${service}-team`, tier },
          runbook: `https://runbooks.example.com/${name}`,
          objectives: {
            availability: name === 'checkout' && !raised ? CHECKOUT_BEFORE : target,
            ...(tier === 1 && { latency: 98 }),
          },
          steps: { [STEP]: { http: `POST /v1/${name}`, within: 'write' } },
        },
      ]),
    ),
  })
}

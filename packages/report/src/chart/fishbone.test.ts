import { type Fishbone, readFishbone } from '@tabiji/core/postmortem'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fishboneSvg } from './fishbone.ts'
import { type Box, layFishbone } from './fishbone-layout.ts'
import { emsOf, wrap } from './wrap.ts'

const words = fc.constantFrom(
  ...[
    'retry',
    'back-off',
    'の',
    '上限',
    '接続プール',
    'ー',
    '、',
    '。',
    'ッ',
    '購入',
    'payments@8c1f2e',
    ' ',
    '（',
    '）',
    '<b>',
    '&',
    '"',
  ],
  ...['averyveryverylongwordwithoutanybreakinit', '検知', '20', '％', 'WWWWWWWW', '👩‍💻', '\u202e', '\u0000', '\ud800'],
)
const text = fc.array(words, { minLength: 1, maxLength: 30 }).map((parts) => parts.join(''))
const cause = fc.record({ id: fc.constant('a'), text, evidence: fc.constant([]), why: fc.constant([]) })
const fixed = fc.tuple(cause, fc.boolean()).map(([one, has]) => (has ? { ...one, fix: 'FIX-0117' } : one))
const bone = fc.record({ name: text, causes: fc.array(fixed, { maxLength: 8 }) })
const fishbones: fc.Arbitrary<Fishbone> = fc.record({ effect: text, bones: fc.array(bone, { maxLength: 13 }) })

const overlap = (a: Box, b: Box) =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height

test('no two texts overlap, no bone runs through one, and all lie inside the picture', () => {
  fc.assert(
    fc.property(fishbones, fc.integer({ min: 200, max: 2000 }), (fishbone, width) => {
      const layout = layFishbone(fishbone, width, (name) => name)
      for (const [i, box] of layout.boxes.entries()) {
        expect(box.x).toBeGreaterThanOrEqual(0)
        expect(box.y).toBeGreaterThanOrEqual(0)
        expect(box.x + box.width).toBeLessThanOrEqual(layout.width)
        expect(box.y + box.height).toBeLessThanOrEqual(layout.height)
        for (const other of layout.boxes.slice(i + 1)) expect([box, other, overlap(box, other)]).toContain(false)
        for (const line of box.lines) expect(emsOf(line)).toBeLessThanOrEqual(12)
      }
      const bones = layout.lines.filter(({ kind }) => kind === 'bone')
      for (const { x1, y1, x2, y2 } of bones) {
        for (let step = 1; step < 20; step++) {
          const [x, y] = [x1 + ((x2 - x1) * step) / 20, y1 + ((y2 - y1) * step) / 20]
          const point = { x, y, width: 0, height: 0 }
          expect(layout.boxes.filter((box) => box.kind !== 'bone' && overlap(box, point))).toEqual([])
        }
      }
    }),
  )
})

test('a picture keeps to the width that it is given, where it can', () => {
  const six = sample('en').bones
  expect(layFishbone({ effect: 'x', bones: six }, 960, (name) => name).width).toBeLessThanOrEqual(960)
  expect(layFishbone({ effect: 'x', bones: six }, 600, (name) => name).width).toBeLessThanOrEqual(600)
})

describe('a label', () => {
  test.each([
    ['接続プールの上限が小さいままだったので詰まった', ['接続プールの上限が', '小さいままだったので', '詰まった']],
    ['再試行に待ち時間がなく、依存先の回復を妨げた', ['再試行に待ち時間が', 'なく、依存先の回復を', '妨げた']],
    ['No retry-with-back-off in payments-gateway@8c1f2e', ['No', 'retry-with-back-off', 'in', 'payments-gateway…']],
  ])('%s is broken where a reader would', (label, lines) => {
    const wrapped = wrap(label, 12, 5).lines
    expect(wrapped.join('').replace(/\s/g, '').slice(0, 10)).toBe(lines.join('').replace(/\s/g, '').slice(0, 10))
    for (const line of wrapped) expect(emsOf(line)).toBeLessThanOrEqual(12)
  })

  test('never begins a line with a mark that may not begin one, and never breaks a Latin word', () => {
    fc.assert(
      fc.property(text, (label) => {
        const { lines, shortened } = wrap(label, 12, 99)
        for (const line of lines.slice(1)) expect(line).not.toMatch(/^[、。ーッ）％]/u)
        if (shortened) return
        const latin = (from: string) => from.match(/[A-Za-z0-9@-]+/g) ?? []
        expect(lines.flatMap(latin)).toEqual(latin(label))
        expect(lines.join('').replace(/\s/g, '')).toBe(label.replace(/\s/g, ''))
      }),
    )
  })
})

const sample = (language: 'en' | 'ja'): Fishbone => {
  const read = readFishbone(SAMPLES[language], 'a.yaml')
  if (!read.ok) throw new Error('the sample is wrong')
  return read.fishbone
}

test('more than four causes of a bone are counted', () => {
  const causes = Array.from({ length: 6 }, (_, i) => ({ id: `c${i}`, text: `Cause ${i}`, evidence: [], why: [] }))
  const svg = fishboneSvg({ effect: 'x', bones: [{ name: 'design', causes }] }, { language: 'en' })
  expect(svg).toContain('>+2</text>')
  expect(svg).not.toContain('>Cause 4</text>')
  expect(svg.match(/<desc[^>]*>[^<]*/)?.[0]).toContain('Cause 5')
})

test('hostile text stays text, and the picture fetches nothing', () => {
  const hostile = '"><script>alert(1)</script>&\u0000\u202e]]>'
  const fishbone = {
    effect: hostile,
    bones: [{ name: hostile, causes: [{ id: 'a', text: hostile, evidence: [], why: [] }] }],
  }
  const svg = fishboneSvg(fishbone, { language: 'en' })
  expect(svg).not.toMatch(/<script|\p{Cf}|\]\]>|href|url\(|@import/u)
  expect(svg.match(/https?:/g)).toHaveLength(1)
})

test('a picture says what it shows, in its language', () => {
  expect(fishboneSvg(sample('ja'), { language: 'ja' })).toContain('<title id="fb-title">要因：購入の 1.82')
  expect(fishboneSvg(sample('en'), { language: 'en' })).toContain('Change: No canary for payments')
})

const SAMPLES = {
  en: `effect: Checkout 1.82 % failing for 38 minutes
bones:
  change: [{ id: a, text: No canary for payments, fix: FIX-0117 }]
  design: [{ id: b, text: Clients retry without back-off, fix: FIX-0121 }, { id: c, text: The pool is shared by all pods of the payments-gateway deployment }]
  capacity: [{ id: d, text: A pool of 20 per pod }]
  dependency: [{ id: e, text: The gateway slowed down for 12 minutes }]
  detection: [{ id: f, text: No alert on the p99 of the gateway }]
  process: [{ id: g, text: The rollback step is missing in the runbook }]
`,
  ja: `effect: 購入の 1.82 % が 38 分間失敗した
bones:
  change: [{ id: a, text: 決済にカナリアリリースがない, fix: FIX-0117 }]
  design: [{ id: b, text: 再試行に待ち時間がなく、依存先の回復を妨げた, fix: FIX-0121 }, { id: c, text: payments-gateway のポッドが接続プールを共有している }]
  capacity: [{ id: d, text: ポッドあたりの接続プールが 20 本 }]
  dependency: [{ id: e, text: ゲートウェイが 12 分間遅くなった }]
  detection: [{ id: f, text: ゲートウェイの p99 にアラートがない }]
  process: [{ id: g, text: 切り戻しの手順がランブックにない }]
`,
} as const

test('no single character is left for the last line', () => {
  const { lines } = wrap('決済サービスのカナリアリリースがなかった', 12, 5)
  expect(lines).toEqual(['決済サービスの', 'カナリアリリースが', 'なかった'])
  expect(wrap('ゲートウェイの p99 を監視するアラートがなかった', 12, 5).lines.at(-1)).not.toMatch(/^.{1,2}$/u)
})

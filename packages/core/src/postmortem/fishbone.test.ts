import { expect, test } from 'vitest'
import { causesOf, readFishbone } from './fishbone.ts'
import { ishikawaOf, outlineOf } from './outline.ts'

const TEXT = `effect: 購入が 38 分間失敗した
bones:
  design:
    - id: retry-without-back-off
      text: Clients [retried] at once
      evidence: ['https://grafana.example.com/d/(1)', 'http://wiki/a']
      fix: FIX-0117
      why:
        - { id: default-client, text: 既定のクライアントに待ち時間がない }
  change:
  外部の制約:
    - { id: quota, text: "<b>quota</b> %% of \`\`\` the vendor" }
`

function read(text: string) {
  const fishbone = readFishbone(text, 'causes.yaml')
  if (!fishbone.ok) throw new Error(fishbone.problems.map(({ message }) => message).join('\n'))
  return fishbone.fishbone
}

const problemsOf = (text: string) => {
  const fishbone = readFishbone(text, 'causes.yaml')
  return fishbone.ok
    ? []
    : fishbone.problems.map(({ at, message }) => `${at?.file}:${at?.line}:${at?.column} ${message}`)
}

test('a fishbone is read with its whys', () => {
  const fishbone = read(TEXT)
  expect(fishbone.effect).toBe('購入が 38 分間失敗した')
  expect(causesOf(fishbone).map(({ bone, cause, depth }) => `${bone} ${cause.id} ${depth}`)).toEqual([
    'design retry-without-back-off 1',
    'design default-client 2',
    '外部の制約 quota 1',
  ])
})

test('everything that is wrong is told at once, with its place', () => {
  expect(
    problemsOf(`effect: ''
bones:
  担当者: [{ id: a, text: x }]
  design:
    - { id: Retry, text: x, evidence: ['javascript:alert(1)'] }
    - { id: b, text: x, why: [{ id: c, text: x, fixx: FIX-0001 }] }
`),
  ).toEqual([
    'causes.yaml:1:9 Expected `effect` to be a text of 1 to 200 characters, got ""',
    'causes.yaml:5:13 Expected `bones.design[0].id` to be a slug of small letters, digits and hyphens, at most 63, got "Retry"',
    'causes.yaml:5:40 Expected `bones.design[0].evidence[0]` to be an address that begins with http:// or https://, got "javascript:alert(1)"',
    'causes.yaml:6:49 Unknown key `fixx` in `bones.design[1].why[0]`',
  ])
  expect(problemsOf('effect: x\nbones:\n  担当者: [{ id: a, text: x }]\n  design: [{ id: a, text: y }]\n')).toEqual([
    'causes.yaml:3:3 Expected a bone that is not a person, got "担当者": a cause that ends at a person cannot be fixed, what made the act likely can',
    'causes.yaml:4:18 Expected the id of each cause once, got `a` again',
  ])
})

test('a why without an end, and a fishbone without measure, are refused', () => {
  const deep = (n: number): string => `{ id: w${n}, text: x${n === 0 ? '' : `, why: [${deep(n - 1)}]`} }`
  expect(problemsOf(`effect: x\nbones: { design: [${deep(6)}] }`)).toEqual([])
  expect(problemsOf(`effect: x\nbones: { design: [${deep(7)}] }`)).toEqual([
    expect.stringContaining('Expected at most 7 whys below one another'),
  ])
})

test('the outline has everything, escaped', () => {
  expect(outlineOf(read(TEXT), 'ja')).toBe(`- **設計・コード**
  - Clients \\[retried\\] at once · [根拠 1](https://grafana.example.com/d/%281%29) · [根拠 2](http://wiki/a) · FIX-0117
    - なぜ：既定のクライアントに待ち時間がない
- **外部の制約**
  - &lt;b&gt;quota&lt;/b&gt; %% of \\\`\\\`\\\` the vendor
`)
  expect(outlineOf(read('effect: x\nbones: {}'), 'en')).toBe('No causes yet.\n')
})

test('Mermaid gets bones by indentation, and nothing that ends its block', () => {
  expect(ishikawaOf(read(TEXT), 'en')).toBe(`ishikawa-beta
    購入が 38 分間失敗した
    Design & code
        Clients [retried] at once
            既定のクライアントに待ち時間がない
    Change
    外部の制約
        ‹b›quota‹/b› % of ''' the vendor
`)
})

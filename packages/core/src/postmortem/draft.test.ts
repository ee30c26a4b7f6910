import fc from 'fast-check'
import { expect, test } from 'vitest'
import { blocksIn, mergeBlocks } from './blocks.ts'
import { bodyOf, readPostmortem, restate } from './document.ts'
import { fishboneOf, generatedParts, newDraft } from './draft.ts'
import { publishingGate } from './gate.ts'
import type { PostmortemRecord } from './record.ts'

const RECORD: PostmortemRecord = {
  incident: {
    key: 'INC-0001',
    title: 'Payments <fail>',
    level: 1,
    journeys: ['checkout'],
    openedAt: '2026-10-20T13:41:10+09:00',
    resolvedAt: '2026-10-20T14:30:00+09:00',
    times: {
      impactStarted: '2026-10-20T13:39:00+09:00',
      detected: '2026-10-20T13:41:10+09:00',
      delivered: '2026-10-20T13:41:20+09:00',
      acknowledged: '2026-10-20T13:46:20+09:00',
      mitigated: '2026-10-20T14:17:00+09:00',
      resolved: '2026-10-20T14:30:00+09:00',
    },
    causes: [{ id: 'retry', text: 'Retries have no back-off', bone: 'design', fix: 'FIX-0001' }],
    people: ['suzuki'],
  },
  impact: {
    from: '2026-10-20T13:39:00+09:00',
    to: '2026-10-20T14:17:00+09:00',
    journeys: [{ objective: 'checkout/availability', valid: 104_396, bad: 1_900, badPpm: 18_199, budgetPpm: 412_345 }],
  },
  timeline: [{ at: '2026-10-20T13:52:00+09:00', text: 'rolled back | payments@8c1f2e' }],
  decisions: [],
  fixes: [
    {
      key: 'FIX-0001',
      title: 'Back off',
      kind: 'prevent',
      state: 'open',
      owner: 'sato',
      due: '2026-11-04',
      cause: 'retry',
    },
  ],
}

const drafted = (record: PostmortemRecord, language: 'en' | 'ja' = 'en') => newDraft(record, { language })

function read(text: string) {
  const found = readPostmortem(text, 'pm.md')
  if (!found.ok) throw new Error(found.problems.map(({ message }) => message).join('\n'))
  return found.document
}

const codes = (text: string, record = RECORD) => publishingGate(read(text), record, 'pm.md').map(({ code }) => code)
const written = (text: string) => text.replace(/⟪[^⟫]*⟫/g, 'Written.')

test('a draft has the numbers of the record and seven sections', () => {
  const text = drafted(RECORD)
  expect(text.match(/^## \d .*$/gm)).toHaveLength(7)
  expect(text).toContain('| checkout/availability | 1900 | 104396 | 1.81 % | 41.23 % |')
  expect(text).toContain(
    '- To detection (TTD): 2 min\n- To acknowledgement (TTA): 5 min\n- To mitigation (TTM): 38 min\n- To resolution (TTR): 51 min',
  )
  expect(text).toContain('- 2026-10-20 13:52 +09:00 rolled back \\| payments@8c1f2e')
  expect(text).toContain('On 2026-11-19: did it come back?')
  expect(text).toContain('# INC-0001 Payments &lt;fail&gt;')
  expect(drafted(RECORD, 'ja')).toContain('- 緩和まで (TTM): 38 分')
  expect(read(text).front).toMatchObject({ incident: 'INC-0001', state: 'draft', causes: fishboneOf(RECORD) })
})

test('drafting again keeps what people wrote, renews what nobody edited, and shows where both changed', () => {
  const first = drafted(RECORD)
  const edited = first
    .replace('| checkout/availability | 1900 |', '| checkout/availability | about 2000 |')
    .replace(/⟪three.*⟫|⟪what happened.*?⟫/, 'We broke payments.')
  const later: PostmortemRecord = {
    ...RECORD,
    timeline: [...RECORD.timeline, { at: '2026-10-20T14:00:00+09:00', text: 'cache warmed' }],
    impact: { ...(RECORD.impact as NonNullable<PostmortemRecord['impact']>), journeys: [] },
  }
  const parts = generatedParts(later, fishboneOf(later), 'en')
  const { text, conflicts, hashes } = mergeBlocks(edited, parts, read(edited).front.generated)
  expect(text).toContain('cache warmed')
  expect(text).toContain('about 2000')
  expect(text).toContain('We broke payments.')
  expect(conflicts).toEqual([{ name: 'impact', line: expect.any(Number), fresh: parts['impact'] }])
  expect(edited.split('\n')[(conflicts[0]?.line ?? 0) - 1]).toBe('<!-- tabiji:impact -->')
  // Said again without news, nothing changes, and the conflict is still one.
  const again = mergeBlocks(text, parts, hashes)
  expect(again.text).toBe(text)
  expect(again.conflicts).toHaveLength(1)
  // Emptied, the block is written again.
  const emptied = text.replace(/(<!-- tabiji:impact -->\n)[\s\S]*?(<!-- \/tabiji:impact -->)/, '$1$2')
  expect(mergeBlocks(emptied, parts, hashes).conflicts).toEqual([])
})

test('a block that was taken out stays out', () => {
  const text = drafted(RECORD).replace(/<!-- tabiji:follow -->[\s\S]*?<!-- \/tabiji:follow -->\n/, '')
  const merged = mergeBlocks(text, generatedParts(RECORD, fishboneOf(RECORD), 'en'), read(text).front.generated)
  expect(merged.text).toBe(text)
  expect(blocksIn(text).map(({ name }) => name)).not.toContain('follow')
})

test('hostile titles and lines leave the structure of the draft alone', () => {
  const pieces = fc.constantFrom(
    '<!-- /tabiji:timeline -->',
    '<!-- tabiji:impact -->',
    '---',
    '\n# x',
    '|',
    '⟪',
    '`',
    '$&',
    '<b>',
    '[a](b)',
  )
  const hostile = fc
    .array(fc.oneof(pieces, fc.string({ maxLength: 8 })), { maxLength: 8 })
    .map((parts) => parts.join(''))
  fc.assert(
    fc.property(hostile, hostile, (title, line) => {
      const record = {
        ...RECORD,
        incident: { ...RECORD.incident, title: `t${title}` },
        timeline: [{ at: RECORD.incident.openedAt, text: line }],
      }
      const parts = generatedParts(record, fishboneOf(RECORD), 'en')
      const body = bodyOf(drafted(record))
      expect(blocksIn(body).map(({ name }) => name)).toEqual(Object.keys(parts))
      expect(body.match(/^## /gm)).toHaveLength(7)
    }),
  )
})

test('a postmortem is published when it has numbers, fixes that somebody does by a date, and no hole', () => {
  const text = drafted(RECORD)
  expect(codes(text)).toEqual(Array(5).fill('POSTMORTEM_UNWRITTEN'))
  expect(publishingGate(read(text), RECORD, 'pm.md')[0]?.at).toMatchObject({ file: 'pm.md', column: 1 })
  const done = written(text)
  expect(codes(done)).toEqual([])
  const { impact: _, ...unmeasured } = RECORD
  expect(codes(done, unmeasured)).toEqual(['POSTMORTEM_IMPACT'])
  const [fix] = RECORD.fixes
  const fixed = (...fixes: readonly object[]) =>
    ({ ...RECORD, fixes: fixes.map((change) => ({ ...fix, ...change })) }) as PostmortemRecord
  expect(codes(done, fixed())).toEqual(['POSTMORTEM_FIX'])
  expect(codes(done, fixed({ state: 'dropped' }))).toEqual(['POSTMORTEM_FIX'])
  expect(codes(done, fixed({ kind: 'process' }))).toEqual(['POSTMORTEM_FIX'])
  expect(codes(done, fixed({ kind: 'process' }, {}))).toEqual([])
  expect(codes(done, fixed({ owner: undefined, due: undefined }))).toEqual(['POSTMORTEM_FIX', 'POSTMORTEM_FIX'])
  expect(codes(restate(done, { noFix: 'the supplier is gone' }), fixed())).toEqual([])
})

test('the front matter is said anew without touching comments, and its mistakes have places', () => {
  const text = drafted(RECORD).replace('state: draft', 'state: draft # who reads it?')
  const restated = restate(text, { state: 'inReview' })
  expect(restated).toContain('state: inReview # who reads it?')
  expect(bodyOf(restated)).toBe(bodyOf(text))
  const wrong = readPostmortem(
    text.replace('incident: INC-0001', 'incident: 1').replace('language: en', 'langage: en'),
    'pm.md',
  )
  expect(wrong.ok ? [] : wrong.problems.map(({ at }) => `${at?.line}:${at?.column}`)).toEqual(['2:11', '3:1'])
  expect(readPostmortem('# no front matter', 'pm.md')).toMatchObject({ ok: false })
})

import { expect, test } from 'vitest'
import type { Around } from '../page/around.ts'
import { pageOf } from '../page/frame.ts'
import { AROUND } from '../testing/around.ts'
import { incidentView } from '../testing/incident.ts'
import type { PostmortemView } from '../view/postmortem.ts'
import { postmortemScreen } from './postmortem.ts'

const { incident } = incidentView()
const BARE: PostmortemView = {
  ...{ incident, lacks: [], fixes: [], hints: [], draft: '---\nincident: INC-0001\ncauses:\n  effect: x\n---\n' },
  fishbone: { effect: 'Title', bones: [] },
}
const page = (view: Partial<PostmortemView> = {}, around: Partial<Around> = {}) =>
  pageOf({ ...AROUND, ...around }, (context) => postmortemScreen(context, { ...BARE, ...view }))
const cause = { id: 'retry', text: 'No back-off', bone: 'design' }
const withCause = {
  incident: { ...incident, causes: [cause] },
  fishbone: { effect: 'Title', bones: [{ name: 'design', causes: [{ ...cause, evidence: [], why: [] }] }] },
}
const states = (text: string) => [...text.matchAll(/name="state" value="(\w+)"/g)].map(([, state]) => state)

test('says by when it is due, how late it is, who has it and where the text is', () => {
  const duty = {
    incident: 'INC-0001',
    title: 'T',
    state: 'draft',
    due: '2026-10-12',
    overdueDays: 3,
    owner: 'sato',
  } as const
  const text = page({ duty, file: 'postmortems/INC-0001.md' })
  expect(text).toContain('due 2026-10-12')
  expect(text).toContain('overdue 3 days')
  expect(text).toContain('<dd>sato</dd>')
  expect(text).toContain('<code>postmortems/INC-0001.md</code>')
  expect(page()).toContain('None is owed.')
})

test.each([
  ['missing', undefined, ['draft']],
  ['draft', 'draft', ['inReview']],
  ['in review', 'inReview', ['published', 'draft']],
  ['published', 'published', ['draft']],
] as const)('from %s it goes on as the record allows', (_name, state, steps) => {
  const postmortem = state === undefined ? {} : { postmortem: { state, since: AROUND.now } }
  expect(states(page({ incident: { ...incident, ...postmortem } }))).toEqual(steps)
})

test('everything that the record lacks is told before anybody presses the button', () => {
  const lacks = [{ kind: 'impact' }, { kind: 'owner', fix: 'FIX-0007' }, { kind: 'onlyProcess' }] as const
  expect(page({ lacks })).toMatch(/numbers of the impact[\s\S]*an owner of FIX-0007[\s\S]*not “process”/)
  expect(page({ lacks }, { language: 'ja' })).toContain('FIX-0007の担当者')
  expect(page()).toContain('The record lacks nothing.')
})

test('causes are drawn, listed with their fixes, and said anew by a form each', () => {
  const text = page({ ...withCause, fixes: [{ key: 'FIX-0001', title: 'Back off', cause: 'retry' }] })
  expect(text).toMatch(/<svg[^>]*class="tabiji-fishbone"/)
  // A page loads no style but its own.
  expect(text).not.toContain('<style')
  expect(text).toMatch(/<li>No back-off · <a href="\/fixes\/FIX-0001">/)
  expect(text).toMatch(/\/cause-remove"[\s\S]*?name="id" value="retry"[\s\S]*?name="reason"/)
  expect(text.match(/action="\/do\/incidents\/INC-0001\/cause"/g)).toHaveLength(3)
  expect(text).toContain('name="id" value="retry"')
  expect(page()).toContain('No cause was named yet.')
})

test('whys stand below what they explain, and a cause is never offered a place below itself', () => {
  const causes = [
    cause,
    { id: 'default', text: 'Default client', bone: 'design', under: 'retry' },
    { ...cause, id: 'pool', text: 'Pool' },
  ]
  const text = page({ ...withCause, incident: { ...incident, causes } })
  expect(text).toMatch(/<li>No back-off[\s\S]*<ul><li>Default client/)
  const forms = text.split('<form').filter((form) => form.includes('name="under">') && form.includes('name="id" value'))
  const places = forms.map((form) => {
    const options = form.split('name="under">')[1]?.split('</select>')[0] ?? ''
    return [
      /name="id" value="(\w+)"/.exec(form)?.[1],
      [...options.matchAll(/value="(\w+)"( selected)?/g)].map(([, place, chosen]) => `${place}${chosen ?? ''}`),
    ]
  })
  expect(places).toEqual([
    ['retry', ['pool']],
    ['default', ['retry selected', 'pool']],
    ['pool', ['retry', 'default']],
  ])
  expect(text).toMatch(/Ask why<\/summary>[\s\S]*?name="under" value="retry"/)
})

test('wordings that blame are hints beside their cause', () => {
  const hint = {
    rule: 'judgement',
    found: 'careless',
    instead: 'say what happened',
    at: { file: 'retry', line: 1, column: 1 },
  }
  expect(page({ hints: [hint] })).toContain('<code>retry</code> “careless”: say what happened')
})

test('the draft keeps its lines, and nothing in it is markup', () => {
  const text = page({ draft: 'causes:\n  effect: <b>x</b>\n', incident: { ...incident, title: '<script>' } })
  expect(text).toContain('causes:\n  effect: &lt;b&gt;x&lt;/b&gt;')
  expect(text).not.toMatch(/<b>|<script>/)
})

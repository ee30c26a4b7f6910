import { expect, test } from 'vitest'
import type { Around } from '../page/around.ts'
import { pageOf } from '../page/frame.ts'
import { AROUND } from '../testing/around.ts'
import { incidentView, line, summary } from '../testing/incident.ts'
import type { IncidentView } from '../view/incidents.ts'
import { incidentScreen } from './incident.ts'

const page = (view: Partial<IncidentView> = {}, around: Partial<Around> = {}) =>
  pageOf({ ...AROUND, ...around }, (context) => incidentScreen(context, incidentView(view)))
const { incident } = incidentView()
const verbs = (text: string) =>
  new Set([...text.matchAll(/action="\/do\/incidents\/INC-0001\/([\w-]+)"/g)].map(([, verb]) => verb))
const text = (en: string) => ({ en, ja: `${en}の日本語` })

test('the head says level, status, how long it hurts, and what nobody knows', () => {
  const shown = page({
    incident: { ...incident, drill: true },
    questions: ['comms', 'updateOverdue'],
    impact: {
      ...{ from: '2026-10-15T13:24:10+09:00', to: AROUND.now, ended: false },
      journeys: [{ journey: 'pay', objective: 'pay/availability', valid: 1_000, bad: 18, budgetPpm: 41_234 }],
      others: [{ journey: 'search', ok: false }],
    },
    series: [{ objective: 'pay/availability', spark: '▁▂█' }],
  })
  expect(shown).toContain('DRILL')
  expect(shown).toContain('hurting for 38 min')
  expect(shown).toContain('Not known yet: who tells others · the next update is late')
  expect(shown).toMatch(/1\.80\u00a0%<\/strong> 18 of 1,000<[\s\S]*4\.1\u00a0%[\s\S]*▁▂█/)
  expect(shown).toMatch(/href="\/journeys\/search">Search<\/a> not within its target/)
})

test('a role is taken in one press, unless the visitor has it', () => {
  const roles = { lead: { name: 'suzuki', since: AROUND.now }, comms: { name: 'tanaka', since: AROUND.now } }
  const part = /id="roles"[\s\S]*?<\/ul>/.exec(page({ incident: { ...incident, roles } }))?.[0] ?? ''
  expect([...part.matchAll(/name="role" value="(\w+)"/g)].map(([, role]) => role)).toEqual(['comms', 'scribe'])
})

test('the checklist says who ticked what when, and what is late', () => {
  const shown = page({
    checklist: {
      level: 1,
      done: 2,
      items: [
        { id: 'take', text: text('Take it'), ticked: true, at: AROUND.now, via: 'record' },
        { id: 'lead', text: text('Lead'), ticked: true, at: AROUND.now, by: 'tanaka' },
        { id: 'help', text: text('Ask'), ticked: false, dueAt: '2026-10-15T14:00:00+09:00' },
        { id: 'next', text: text('Next'), ticked: false, dueAt: '2026-10-15T14:10:00+09:00' },
      ],
    },
  })
  expect(shown).toContain('First response, level 1: 2 of 4')
  const items = shown.split('<li class="').slice(1, 5)
  expect(items[0]).toMatch(/^ticked[\s\S]*by the record[\s\S]*\/untick"/)
  expect(items[1]).toContain('tanaka')
  expect(items[2]).toMatch(/^to-do[\s\S]*late[\s\S]*\/tick"/)
  expect(items[3]).not.toContain('late')
})

test('the timeline has lines in their order with their sources; only what people wrote here can be struck', () => {
  const shown = page({
    lines: [
      line('B-pay/availability-began', { kind: 'impact', source: 'books' }),
      line('L-0001', { starred: true, text: text('one\n  two') }),
      line('L-0002', { struck: { reason: 'wrong host' } }),
      line('INC-0002:L-0001'),
    ],
  })
  expect([...shown.matchAll(/<li id="line-([^"]+)"/g)].map(([, id]) => id)).toEqual([
    'B-pay/availability-began',
    'L-0001',
    'L-0002',
    'INC-0002:L-0001',
  ])
  expect(shown).toContain('one\n  two')
  const strike = /\/strike"[\s\S]*?<\/form>/.exec(shown)?.[0] ?? ''
  expect([...strike.matchAll(/<option value="([^"]+)"/g)].map(([, id]) => id)).toEqual(['L-0001'])
  expect(shown).toMatch(/\/unstar"[\s\S]*?name="line" value="L-0001"/)
})

test('a long timeline shows its end and says where the rest is', () => {
  const shown = page({ lines: Array.from({ length: 230 }, (_, i) => line(`L-${i + 1000}`)) })
  expect(shown).toContain('The last 200 lines. 30 earlier ones')
  expect(shown).not.toContain('id="line-L-1029"')
  expect(shown).toContain('id="line-L-1030"')
})

test('each time says where it comes from', () => {
  const times = {
    impactStarted: { at: AROUND.now, origin: 'books' },
    detected: { at: AROUND.now, origin: 'person', stated: true },
  } as const
  const shown = page({ incident: { ...incident, times } })
  expect(shown).toContain('from the books')
  expect(shown).toContain('stated by a person')
  expect(shown.match(/not known/g)).toHaveLength(4)
})

test('a fix without a ticket gets one where people work on tickets', () => {
  const fix = {
    kind: 'prevent',
    state: 'open',
    created: '2026-10-15',
    firstDue: '2026-10-20',
    due: '2026-10-20',
  } as const
  const rest = { postponements: 0, overdueDays: 0 }
  const shown = page({
    trackers: [{ name: 'shop' }],
    fixes: [
      { ...fix, ...rest, key: 'FIX-0001', title: 'A' },
      {
        ...fix,
        ...rest,
        key: 'FIX-0002',
        title: 'B',
        ticket: { tracker: 'shop', id: '7', url: 'https://x.example/7' },
      },
    ],
  })
  expect([...shown.matchAll(/action="\/do\/fixes\/(FIX-\d+)\/ticket"/g)].map(([, key]) => key)).toEqual(['FIX-0001'])
  expect(shown).toMatch(/action="\/do\/fixes"[\s\S]*name="incident" value="INC-0001"/)
})

test('a runbook is asked about, and what was answered is told', () => {
  const runbooks = [{ about: 'pay: error', address: 'https://runbooks.example/pay', steps: [] }]
  const answered = [{ helped: 'partly', at: AROUND.now, runbook: 'https://runbooks.example/pay' }] as const
  const shown = page({ runbooks, incident: { ...incident, runbooks: answered } })
  expect(shown).toContain('href="https://runbooks.example/pay"')
  expect(shown).toContain('answered: Partly')
  expect(shown).toContain('The page is kept elsewhere')
  expect(page()).toContain('No runbook is known for this.')
})

const written = (heading: string, step: string) => ({
  steps: [{ step, done: false }],
  sections: [
    {
      heading,
      nodes: [
        { type: 'heading', depth: 2, anchor: 'a', inside: [{ type: 'text', text: heading }] },
        { type: 'list', items: [{ step, inside: [{ type: 'paragraph', inside: [{ type: 'text', text: step }] }] }] },
        { type: 'block', text: `${heading}\n  x` },
        {
          type: 'paragraph',
          inside: [
            { type: 'text', text: 'see ' },
            { type: 'link', to: '#a', inside: [{ type: 'text', text: step }] },
            { type: 'text', text: ' now' },
          ],
        },
      ],
    },
  ] as const,
})

test('a runbook is worked through here: who did which step, and a press for each', () => {
  const { steps, sections } = written('Roll back', 'Stop the release')
  const address = 'https://wiki.example/r/slow.md'
  const undone = page({ runbooks: [{ about: 'pay: slow', address, steps, sections }] })
  expect(undone).toContain('<h3 id="runbook-0-a">Roll back</h3>')
  expect(undone).toContain('<p>see <a href="#runbook-0-a">Stop the release</a> now</p>')
  expect(undone).toContain('<summary>slow.md</summary>')
  expect(undone).toMatch(
    /\/step-done"[\s\S]*?name="runbook" value="https:\/\/wiki[^"]*"[\s\S]*?name="step" value="Stop the release"/,
  )
  const mark = [{ step: 'Stop the release', done: true, at: AROUND.now, by: 'tanaka' }]
  const done = page({ runbooks: [{ about: 'pay: slow', address, steps: mark, sections }] }, { language: 'ja' })
  expect(done).toMatch(/\/step-undone"[\s\S]*?☑[\s\S]*?実施済みを取り消す：Stop the release[\s\S]*?tanaka/)
  expect(done).toContain('1手順中1件実施済み')
})

test('what can be done follows from the state', () => {
  expect(verbs(page())).toContain('resolve')
  const resolved = verbs(page({ incident: { ...incident, status: 'resolved', resolvedAt: AROUND.now } }))
  expect(resolved).toContain('reopen')
  for (const verb of ['resolve', 'role', 'status', 'update', 'join']) expect(resolved).not.toContain(verb)
  const merged = { ...incident, status: 'resolved', resolvedAt: AROUND.now, mergedInto: 'INC-0002' } as const
  expect(verbs(page({ incident: merged, lines: [line('L-0001')] }))).toEqual(new Set())
  expect(page({ incident: merged })).toContain('href="/incidents/INC-0002"')
  expect(verbs(page({}, { visitor: { name: 'guest', may: 'read', by: 'token' } }))).toEqual(new Set())
})

test('whatever people wrote is text, and what is no address of the web is no link', () => {
  const evil = '<img src=x onerror=alert(1)>'
  const shown = page({
    incident: { ...incident, title: evil, roles: { lead: { name: evil, since: AROUND.now } } },
    lines: [line('L-0001', { text: text(evil), by: evil })],
    lastUpdate: { at: AROUND.now, by: evil, text: evil },
    runbooks: [{ about: evil, address: 'javascript:alert(1)', ...written(evil, evil) }],
    checklist: { done: 0, items: [{ id: evil, text: text(evil), ticked: false, link: 'javascript:alert(1)' }] },
    others: [summary('INC-0002', { title: evil })],
    alerts: [{ id: evil, rule: evil, level: 1, open: true, since: AROUND.now }],
  })
  expect(shown).not.toMatch(/<img|href="javascript:/)
})

test('a page in Japanese has no English of ours', () => {
  const shown = page({ questions: ['lead'] }, { language: 'ja' })
  expect(shown).toContain('調査中')
  expect(shown).toContain('未確認：指揮をとる人')
  expect(shown).not.toMatch(/Not known|Take over|Timeline/)
})

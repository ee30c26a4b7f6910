import { expect, test } from 'vitest'
import { renderMessage } from './render.ts'
import { TRIGGER } from './testing/contract.ts'

const items = [
  { en: 'Say that you lead', ja: '指揮を執ることを宣言する' },
  { en: 'Stop the bleeding', ja: '止血する' },
]

test('a page names its incident and what is to be done first, in the language of the receiver', () => {
  const said = (language: 'en' | 'ja') =>
    renderMessage({ ...TRIGGER, toDo: { incident: 'INC-0007', items, first: items } }, language).notes[0]
  expect(said('en')).toBe('Incident: INC-0007. Do first: 1. Say that you lead 2. Stop the bleeding')
  expect(said('ja')).toBe('インシデント: INC-0007。まず行うこと: 1. 指揮を執ることを宣言する 2. 止血する')
})

test('once all of it is done the incident alone is named, and without an incident nothing is added', () => {
  const done = renderMessage({ ...TRIGGER, toDo: { incident: 'INC-0007', items: [], first: items } }, 'en').notes
  expect(done[0]).toBe('Incident: INC-0007')
  expect(renderMessage(TRIGGER, 'en').notes).toEqual(done.slice(1))
})

test('where its address is known, a page leads to its incident, and to its runbook by name', () => {
  const link = 'https://tabiji.example/api/v1/incidents/INC-0007'
  const facts = { ...TRIGGER.facts, runbookTitle: { en: 'Uploads fail', ja: 'アップロードできない' } }
  const led = (language: 'en' | 'ja') =>
    renderMessage({ facts, toDo: { incident: 'INC-0007', link, items, first: items } }, language).links
  expect(led('en')[0]?.label).toBe('Runbook · Uploads fail')
  expect(led('ja')[0]?.label).toBe('手順書・アップロードできない')
  expect(led('en').at(-1)).toEqual({ label: 'Incident', url: link })
  expect(led('ja').at(-1)).toEqual({ label: 'インシデント', url: link })
})

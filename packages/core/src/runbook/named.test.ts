import { expect, test } from 'vitest'
import { namedRunbook } from './named.ts'

const WIKI = 'https://wiki.example/r'
const PAGES = ['checkout/pay.md', 'search.md'].map((file) => ({ file, address: `${WIKI}/${file.replace('.md', '')}` }))
const ELSEWHERE = 'https://docs.example/pay.md'

test.each([
  [`${WIKI}/search`, `${WIKI}/search`],
  [' search.md ', `${WIKI}/search`],
  ['checkout/pay', `${WIKI}/checkout/pay`],
  [ELSEWHERE, ELSEWHERE],
  ['https://docs.example/pay/', ELSEWHERE],
])('%j is a runbook', (said, address) => {
  expect(namedRunbook(said, [ELSEWHERE], PAGES)).toEqual({ ok: true, address })
})

test('what was not proposed and is no page is refused, naming what was proposed', () => {
  expect(namedRunbook('nope', [ELSEWHERE, `${WIKI}/search`], PAGES)).toMatchObject({
    problem: {
      message: 'Expected a runbook that was proposed, or a page of the folders, got "nope"',
      hint: `proposed: ${ELSEWHERE}, ${WIKI}/search`,
    },
  })
  expect(namedRunbook('serch.md', [], PAGES)).toMatchObject({
    problem: {
      message: 'Expected a runbook that was proposed, or a page of the folders, got "serch.md"; none was proposed',
      hint: expect.stringContaining('search.md'),
    },
  })
})

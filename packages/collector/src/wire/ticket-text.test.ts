import { expect, test } from 'vitest'
import { linksOf } from './jira-document.ts'
import { linksIn } from './ticket-text.ts'

test.each([
  ['see https://github.com/acme/shop/issues/7.', ['https://github.com/acme/shop/issues/7']],
  ['[the old one](https://github.com/acme/shop/issues/7#event-1)', ['https://github.com/acme/shop/issues/7']],
  ['元のチケット：https://acme.atlassian.net/browse/SHOP-7。', ['https://acme.atlassian.net/browse/SHOP-7']],
  ['http://a.example/x http://a.example/x/', ['http://a.example/x']],
  ['nothing', []],
])('the addresses in %j', (text, links) => {
  expect(linksIn(text)).toEqual(links)
})

test('a text names at most fifty', () => {
  expect(linksIn(Array.from({ length: 80 }, (_, i) => `https://a.example/${i}`).join(' '))).toHaveLength(50)
})

test('a link of a document of Jira may stand beside its text', () => {
  const href = 'https://github.com/acme/shop/issues/7'
  const card = { type: 'inlineCard', attrs: { url: `${href}8` } }
  const marked = { type: 'text', text: 'the old one', marks: [{ type: 'link', attrs: { href } }] }
  const document = { type: 'doc', version: 1, content: [{ type: 'paragraph', content: [marked, card] }] }
  expect(linksOf(document)).toEqual([href, `${href}8`])
  expect(linksOf(null)).toEqual([])
})

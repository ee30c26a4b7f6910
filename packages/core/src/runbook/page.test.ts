import { expect, test } from 'vitest'
import { type PageNode, runbookPage, sectionsFor } from './page.ts'

const HERE = 'https://wiki.example/r/'
const addressOf = (link: string) => (/^[a-z][a-z0-9+.-]*:/i.test(link) ? link : `${HERE}${link.replace(/^\.\//, '')}`)
const read = (...lines: readonly string[]) => runbookPage(lines.join('\n'), addressOf)

test('a page is its sections, without front matter and comments; steps are what has a box', () => {
  const page = read(
    ...['---', 'journey: checkout', '---', '', '# Slow', 'For *everybody*.', '<!-- nobody reads this -->', ''],
    ...['## Look', '- [the board](https://grafana.example/d/1)', '- [x] Read the board', ''],
    ...['## Roll back', '1. [ ] Stop the release', '   - [ ] Read the board', '2. [ ] `deploy undo`', ''],
  )
  expect(page.sections.map(({ heading }) => heading)).toEqual(['Slow', 'Look', 'Roll back'])
  expect(page.steps).toEqual(['Read the board', 'Stop the release', 'Read the board (2)', 'deploy undo'])
  expect(JSON.stringify(page)).not.toContain('nobody')
  expect(page.sections[2]?.nodes[1]).toMatchObject({ type: 'list', from: 1, items: [{ step: 'Stop the release' }, {}] })
})

test('only links of the web and within the page are links; markup and pictures are text', () => {
  const page = read(
    '[a](javascript:alert(1)) [b](data:text/html,x) [c](./other.md) [d](#look) [e][ref] ![f](https://x.example/p.png)',
    '',
    '<script>alert(1)</script>',
    '',
    'https://auto.example/x mail@example.com',
    '',
    '[ref]: https://ref.example/',
  )
  const links: string[] = []
  const walk = (nodes: readonly PageNode[]): void => {
    for (const node of nodes) {
      if (node.type === 'link') links.push(node.to)
      if ('inside' in node) walk(node.inside)
    }
  }
  for (const { nodes } of page.sections) walk(nodes)
  expect(links).toEqual([
    `${HERE}other.md`,
    '#look',
    'https://ref.example/',
    'https://x.example/p.png',
    'https://auto.example/x',
  ])
  expect(JSON.stringify(page)).toContain('{"type":"text","text":"<script>alert(1)</script>"}')
})

test('the section that names the step that hurts stands first, below the title', () => {
  const page = read('# Checkout', '## Look first', 'a', '## Upload', 'b', '## Pay と決済', 'c', '## Payload', 'd')
  const order = (...words: readonly string[]) => sectionsFor(page, words).map(({ heading }) => heading)
  expect(order('pay')).toEqual(['Checkout', 'Pay と決済', 'Look first', 'Upload', 'Payload'])
  expect(order('決済')).toEqual(['Checkout', 'Pay と決済', 'Look first', 'Upload', 'Payload'])
  expect(order('nothing', '')).toEqual(['Checkout', 'Look first', 'Upload', 'Pay と決済', 'Payload'])
})

test('a step without words, or with very many, has a name that can be said', () => {
  const { steps } = read(`- [ ] ${'𠮷'.repeat(300)}`, '- [ ] ![](https://x.example/p.png)', `- [ ] ${'𠮷'.repeat(300)}`)
  expect(steps).toEqual(['𠮷'.repeat(200), '…', `${'𠮷'.repeat(200)} (2)`])
})

test('a page that is nested without end is read so far', () => {
  expect(() => read(`${'> '.repeat(500)}x`)).not.toThrow()
  expect(JSON.stringify(read(`${'> '.repeat(500)}x`))).toContain('…')
})

test('tables, code and emphasis are kept as such', () => {
  const [section] = read(
    '| a | b |',
    '|---|---|',
    '| `x` | **y** |',
    '',
    '```sh',
    'deploy undo',
    '```',
    '---',
    '~~old~~  ',
    'n',
  ).sections
  expect(section?.nodes.map(({ type }) => type)).toEqual(['table', 'block', 'rule', 'paragraph'])
  expect(section?.nodes[0]).toMatchObject({
    rows: [
      [[{ text: 'a' }], [{ text: 'b' }]],
      [[{ type: 'code', text: 'x' }], [{ type: 'strong' }]],
    ],
  })
})

import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseMonthFacts } from '@tabiji/core/report'
import { renderReport } from '@tabiji/report'
import { rolldown } from 'rolldown'
import { expect, onTestFinished, test } from 'vitest'
import { octoberFacts } from '../../packages/report/src/testing/facts.ts'
import { blocksOf } from '../docs/testing/blocks.ts'
import { ROOT, run } from './testing/project.ts'

const GUIDE = join(ROOT, 'docs/guides/report.md')
/** Signs of what only some formats need: a page's style and drawings, the writer of CSV files, the words of a chat. */
const HTML = /<!doctype html>|@media print|scaleLinear/
const CSV = /record_delimiter|journey_name_en/
const SLACK = /plain_text/

/** What the packages' own `exports` say, for a file that stands outside of the workspace. */
const alias = {
  '@tabiji/report': join(ROOT, 'packages/report/dist/index.js'),
  '@tabiji/core/report': join(ROOT, 'packages/core/dist/report/index.js'),
}

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'tabiji-library-'))
  onTestFinished(() => rmSync(path, { recursive: true, force: true }))
  return path
}

/** Everything that a module needs, in one text. */
async function bundled(code: string): Promise<string> {
  const input = join(folder(), 'entry.mjs')
  writeFileSync(input, code)
  const bundle = await rolldown({ input, platform: 'node', logLevel: 'silent', resolve: { alias } })
  const { output } = await bundle.generate({ format: 'esm' })
  expect(output).toHaveLength(1)
  return output[0].code
}

test("the guide's program runs in a folder that holds nothing but the facts, and writes what the command writes", async () => {
  const [program = ''] = blocksOf(GUIDE).flatMap(({ language, text }) => (language === 'js' ? [text] : []))
  const cwd = folder()
  writeFileSync(join(cwd, 'facts.json'), JSON.stringify(octoberFacts()))
  writeFileSync(join(cwd, 'program.mjs'), await bundled(program))
  expect(run(process.execPath, ['program.mjs'], cwd)).toBe('')
  expect(readdirSync(cwd).sort()).toEqual([
    ...['daily.csv', 'facts.json', 'fixes.csv', 'incidents.csv', 'journeys.csv', 'message.json', 'page.html'],
    'program.mjs',
  ])
  const read = parseMonthFacts(JSON.parse(readFileSync(join(cwd, 'facts.json'), 'utf8')))
  const page = read.ok && renderReport(read.facts, { format: 'html', lang: 'ja' })
  expect(readFileSync(join(cwd, 'page.html'), 'utf8')).toBe(page)
})

test('whoever takes one format gets nothing of the others', async () => {
  const code = (name: string) => bundled(`import { ${name} } from '@tabiji/report'\nconsole.log(${name})`)
  const signs = (text: string) => [HTML, CSV, SLACK].map((sign) => sign.test(text))
  expect(signs(await code('renderReport'))).toEqual([true, false, true])
  expect(signs(await code('renderMarkdown'))).toEqual([false, false, false])
  expect(signs(await code('renderHtml'))).toEqual([true, false, false])
  expect(signs(await code('renderCsv'))).toEqual([false, true, false])
  expect(signs(await code('renderSlack'))).toEqual([false, false, true])
})

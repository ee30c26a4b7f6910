import { spawn } from 'node:child_process'
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { readText } from '@tabiji/core/problem/document'
import { narrowToTeam, teamPartsOf } from '@tabiji/core/report'
import { expect, test } from 'vitest'
import { BIN, endOf, folder, serveJson } from '../testing/command.ts'
import { octoberFacts } from '../testing/facts.ts'
import { quietFacts } from '../testing/other-months.ts'
import { parseCommand } from './command.ts'
import { EXIT } from './failure.ts'
import { readRequest } from './request.ts'

const GUIDE = readFileSync(new URL('../../../../docs/guides/report.md', import.meta.url), 'utf8')

// The commands are those of a Unix shell.
test.skipIf(process.platform === 'win32')(
  'every command in the guide does what the guide says',
  async () => {
    const { url } = await serveJson({
      '/api/v1/months': { latestComplete: '2026-10', timeZone: 'Asia/Tokyo' },
      '/api/v1/months/2026-10/facts': octoberFacts(),
      '/api/v1/months/2026-10/facts?team=shop': narrowToTeam(octoberFacts(), 'shop', teamPartsOf(octoberFacts())),
      ...Object.fromEntries(
        ['2025-10', '2026-07', '2026-08', '2026-09'].map((month) => [
          `/api/v1/months/${month}/facts`,
          quietFacts(month),
        ]),
      ),
    })
    const [bin, cwd] = [folder(), folder()]
    // The guide's collector stands at the default address, which a test cannot claim.
    const shim = `#!/bin/sh\ncase "$*" in *--facts*) ;; *) set -- "$@" --url ${url} ;; esac\nexec "${process.execPath}" "${BIN}" "$@"\n`
    writeFileSync(join(bin, 'tabiji-report'), shim)
    chmodSync(join(bin, 'tabiji-report'), 0o755)
    const blocks = [...GUIDE.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, block = '']) => block)
    expect(blocks).toHaveLength(11)
    const env = { ...process.env, PATH: `${bin}${delimiter}${process.env['PATH']}` }
    const { exit, stderr } = await endOf(spawn('/bin/sh', ['-euc', blocks.join('\n')], { cwd, env }))
    expect(stderr).not.toContain('error')
    expect(exit).toBe(0)
    const written: unknown = JSON.parse(readFileSync(join(cwd, 'written.json'), 'utf8'))
    expect(written).toMatchObject({ month: '2026-10', complete: true, files: { length: 5 } })
    for (const path of [
      'report-2026-10.en.md',
      'october.md',
      'internal/report-2026-10.json',
      'tables/report-2026-10.journeys.csv',
      'printed/report-2026-10.ja.pdf',
      'chat/report-2026-10.ja.slack.json',
      'compared/report-2026-10.ja.html',
      'quarter/report-2026-Q3.en.md',
      'teams/report-2026-10.shop.ja.html',
      'again/report-2026-10.ja.html',
    ]) {
      expect(existsSync(join(cwd, path)), path).toBe(true)
    }
  },
  60_000,
)

test('the line of cron and the workflow of the guide are whole, and say flags that there are', () => {
  const [, cron = ''] = /```cron\n(.*?)```/s.exec(GUIDE) ?? []
  const [, minute, hour, day, rest, line = ''] = /^(\d+) (\d+) (\d+) (\* \*) +tabiji-report (.*)$/m.exec(cron) ?? []
  expect([minute, hour, day, rest]).toEqual(['0', '9', '3', '* *'])
  const [, workflow = ''] = /```yaml\n(.*?)```/s.exec(GUIDE) ?? []
  expect(readText(workflow, 'report.yaml')).toMatchObject({ ok: true, problems: [], value: { jobs: { report: {} } } })
  const [, words = ''] = /run: npx tabiji-report (.*)/.exec(workflow) ?? []
  for (const told of [line, words]) {
    const parsed = parseCommand(told.split(' '), '0')
    expect(parsed.kind === 'flags' && readRequest(parsed.month, parsed.flags)).toMatchObject({ ok: true })
  }
})

test('the guide lists every exit code', () => {
  const listed = [...GUIDE.matchAll(/^\| (\d+) \|/gm)].map(([, code]) => Number(code))
  expect(listed).toEqual(Object.values(EXIT))
})

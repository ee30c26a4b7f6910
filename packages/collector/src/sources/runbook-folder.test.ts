import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { createRunbookFolders } from './runbook-folder.ts'

const WIKI = 'https://wiki.example.org/runbooks/'

function open() {
  const folder = mkdtempSync(join(tmpdir(), 'tabiji-runbooks-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const inside = join(folder, 'runbooks')
  mkdirSync(join(inside, 'scan'), { recursive: true })
  writeFileSync(join(inside, 'checkout.md'), '# Checkout\n1. Look at the queue\n')
  writeFileSync(join(inside, 'scan', 'README.md'), '# Scan\nRestart the scanner.\n')
  writeFileSync(join(inside, '購入.md'), '- 戻す\n')
  writeFileSync(join(inside, 'huge.md'), `# x\n${'y'.repeat(200_000)}\n- too late\n`)
  writeFileSync(join(folder, 'secret.md'), '- a secret\n')
  symlinkSync(join(folder, 'secret.md'), join(inside, 'link.md'))
  return createRunbookFolders([{ address: WIKI, folder: inside }])
}

test('a page is read again exactly when its file changed, and is gone when that is', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tabiji-runbooks-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const write = (name: string, journey: string) =>
    writeFileSync(join(folder, name), `---\njourney: ${journey}\n---\n# A page\n`)
  write('a.md', 'checkout')
  write('b.md', 'search')
  const { all } = createRunbookFolders([{ address: WIKI, folder }])
  const [a, b] = all()
  expect([a?.journey, b?.journey]).toEqual(['checkout', 'search'])
  // The very same values: neither file was read a second time.
  const again = all()
  expect([again[0] === a, again[1] === b]).toEqual([true, true])
  write('a.md', 'scan')
  rmSync(join(folder, 'b.md'))
  write('c.md', 'search')
  expect(all().map(({ file, journey }) => [file, journey])).toEqual([
    ['a.md', 'scan'],
    ['c.md', 'search'],
  ])
})

test.each([
  ['checkout', 'Look at the queue'],
  ['checkout.md#first', 'Look at the queue'],
  ['checkout?lang=en', 'Look at the queue'],
  ['scan/', 'Restart the scanner.'],
  [encodeURIComponent('購入'), '戻す'],
  ['none', undefined],
  ['', undefined],
  ['../secret', undefined],
  ['%2e%2e/secret', undefined],
  ['%2e%2e%2fsecret.md', undefined],
  ['link', undefined],
  ['%', undefined],
  ['checkout.md%00', undefined],
])('the page %j begins with %j', (page, step) => {
  expect(open().firstStep(WIKI + page)).toBe(step)
})

test('only the beginning of a page is read', () => {
  expect(open().firstStep(`${WIKI}huge`)).toMatch(/^y{299}…$/)
})

test('a page somewhere else is not read, and a folder that is not there does no harm', () => {
  expect(open().firstStep('https://other.example.org/runbooks/checkout')).toBeUndefined()
  const gone = createRunbookFolders([{ address: WIKI, folder: join(tmpdir(), 'tabiji-no-such-folder') }])
  expect(gone.firstStep(`${WIKI}checkout`)).toBeUndefined()
})

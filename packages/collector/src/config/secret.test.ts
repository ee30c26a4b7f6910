import { join } from 'node:path'
import { inspect } from 'node:util'
import { renderProblems } from '@tabiji/core/problem'
import { expect, test } from 'vitest'
import { isForbiddenAddress } from '../wire/address.ts'
import { readConfig } from './read.ts'
import { CONFIG, ENV, folderWith, SECRETS } from './testing/folder.ts'

const LEAK = 'LEAKED-0123456789-LEAKED'

function read(text: string, env: Readonly<Record<string, string>> = ENV, files: Readonly<Record<string, string>> = {}) {
  const file = join(folderWith({ 'tabiji.yaml': text, ...SECRETS, ...files }), 'tabiji.yaml')
  return { file, ...readConfig(file, env, isForbiddenAddress) }
}

/** Everything that a person or a log may see of it. */
function seen(text: string, env?: Readonly<Record<string, string>>, files?: Readonly<Record<string, string>>): string {
  const { file, ...found } = read(text, env, files)
  const problems = found.ok ? found.warnings : found.problems
  return [JSON.stringify(problems), renderProblems(problems, { [file]: found.shown })].join('\n')
}

test.each([
  [
    'a secret under its own name',
    'routingKeyEnv: PAGERDUTY_KEY',
    `routingKey: ${LEAK}`,
    /routingKey.* stay out of this file/,
  ],
  ['a key that we do not know', 'routingKeyEnv:', `apiKey: ${LEAK}, routingKeyEnv:`, /Unknown key `apiKey`/],
  [
    'the address of a chat',
    'urlFile: secrets/slack',
    `url: https://chat.example/${LEAK}`,
    /url.* stay out of this file/,
  ],
  [
    'a secret instead of a file',
    'tokenFile: secrets/scrape',
    `tokenFile: ${LEAK}`,
    /tokenFile.* a file that can be read \(ENOENT\)/,
  ],
  ['a secret instead of a variable', 'urlEnv: HOOK_URL', `urlEnv: ${LEAK}`, /urlEnv.* a variable of the environment/],
  ['a secret that is a list', 'urlEnv: HOOK_URL', `urlEnv: [${LEAK}]`, /urlEnv.* to be a text/],
  [
    'a user and password',
    'http://10.0.0.5',
    `http://user:${LEAK}@10.0.0.5`,
    /targets\[0\]\.url.* holds no user and password/,
  ],
  ['a broken line', 'routingKeyEnv: PAGERDUTY_KEY }', `routingKey: "${LEAK}`, /DOCUMENT_SYNTAX/],
])('%s in the file is refused and never shown', (_, from, to, why) => {
  expect(CONFIG).toContain(from)
  const shown = seen(CONFIG.replace(from, to))
  expect(shown).toMatch(why)
  expect(shown).not.toContain(LEAK)
})

test.each([
  ['empty', '\n', 'a file that is not empty'],
  ['no Standard Webhooks secret', `${LEAK}\n`, '`whsec_` followed by 24 to 64 bytes'],
  ['too short', 'whsec_MDEyMzQ1Njc4OWFi\n', '`whsec_` followed by 24 to 64 bytes'],
  ['too long', `whsec_${'A'.repeat(88)}\n`, '`whsec_` followed by 24 to 64 bytes'],
  ['not base64', 'whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlh*\n', '`whsec_` followed by 24 to 64 bytes'],
])('a secret of a webhook that is %s is refused and never shown', (_, secret, why) => {
  const shown = seen(CONFIG, ENV, { 'secrets/hook': secret })
  expect(shown).toContain(why)
  expect(shown).not.toContain(secret.trim() || 'nothing to find')
})

test.each([
  ['API_TOKEN', 'LEAKED', 'at least 16 letters'],
  ['API_TOKEN', `${LEAK} x`, 'without spaces'],
  ['HOOK_URL', `ftp://${LEAK}`, 'begins with http:// or https://'],
  ['HOOK_URL', `http://169.254.169.254/${LEAK}`, 'link-local and metadata addresses are not'],
])('the variable %s with a value of the wrong form is refused and never shown', (name, value, why) => {
  const shown = seen(CONFIG, { ...ENV, [name]: value })
  expect(shown).toContain(why)
  expect(shown).not.toContain('LEAKED')
})

test('a secret that is named twice or not at all is told', () => {
  expect(seen(CONFIG.replace('urlEnv: HOOK_URL', 'urlEnv: HOOK_URL, urlFile: x'))).toContain(
    'Expected `receivers[2]` to have only one of `urlFile` and `urlEnv`',
  )
  expect(seen(CONFIG.replace('urlEnv: HOOK_URL, ', ''))).toContain(
    'Expected `receivers[2]` to have one of `urlFile` and `urlEnv`',
  )
})

test('a misspelt twin key is one problem', () => {
  const found = read(CONFIG.replace('secretFile:', 'secretFil:'))
  expect(found.ok ? [] : found.problems).toMatchObject([
    { code: 'CONFIG_UNKNOWN_KEY', hint: 'did you mean "secretFile"?' },
  ])
})

test('a secret in the file is one problem', () => {
  const found = read(CONFIG.replace('secretFile: secrets/hook', `secret: ${LEAK}`))
  expect(found.ok ? [] : found.problems).toMatchObject([{ code: 'CONFIG_SECRET_IN_FILE' }])
})

test('a configuration that is printed holds no secret', () => {
  const found = read(CONFIG)
  if (!found.ok) throw new Error('refused')
  const printed = inspect(found.config, { depth: null }) + JSON.stringify(found.config)
  for (const secret of [...Object.values(SECRETS), ENV.API_TOKEN, ENV.PAGERDUTY_KEY, 'hook-secret']) {
    expect(printed).not.toContain(secret.trim())
  }
})

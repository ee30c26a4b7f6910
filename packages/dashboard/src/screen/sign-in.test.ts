import { expect, test } from 'vitest'
import { pageOf } from '../page/frame.ts'
import { AROUND } from '../testing/around.ts'
import { missingScreen } from './missing.ts'
import { signInScreen } from './sign-in.ts'

const STRANGER = { ...AROUND, fingerprint: '', visitor: { may: 'read', by: 'token' } as const }

test('a stranger is asked for a token, which is not shown while it is typed', () => {
  const page = pageOf(STRANGER, (context) => signInScreen(context, { to: '/fixes', asks: 'token' }))
  expect(page).toContain('<input type="password" name="token"')
  expect(page).toContain('name="to" value="/fixes"')
})

test('who is in is told as whom and what they may, and can leave', () => {
  const page = pageOf(AROUND, (context) => signInScreen(context, { to: '/fixes', asks: 'name' }))
  expect(page).toContain('You are signed in as suzuki.')
  expect(page).toContain('action="/sign-out"')
})

test('what a proxy says is ended at the proxy', () => {
  const around = { ...AROUND, visitor: { name: 'abe', may: 'write', by: 'proxy' } as const }
  expect(pageOf(around, (context) => signInScreen(context, { to: '/', asks: 'token' }))).not.toContain('/sign-out"')
})

test('what was wrong is said, in both languages', () => {
  const wrong = { to: '/', asks: 'token', wrong: 'token' } as const
  expect(pageOf(STRANGER, (context) => signInScreen(context, wrong))).toContain('No such token.')
  const slower = pageOf({ ...STRANGER, language: 'ja' }, (context) =>
    signInScreen(context, { ...wrong, waitSeconds: 8 }),
  )
  expect(slower).toContain('8秒後にもう一度')
})

test('an address that leads nowhere is text, whatever stands in it', () => {
  const page = pageOf(AROUND, (context) =>
    missingScreen(context, { status: 404, path: '/<script>x</script>', said: '' }),
  )
  expect(page).toContain('Nothing is at /&lt;script&gt;')
})

test('a failure of ours says where its reason is', () => {
  const failed = { status: 500, path: '/', said: '' }
  expect(pageOf({ ...AROUND, language: 'ja' }, (context) => missingScreen(context, failed))).toContain('ログ')
})

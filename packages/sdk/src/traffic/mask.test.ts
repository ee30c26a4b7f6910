import fc from 'fast-check'
import { expect, test } from 'vitest'
import { maskPath } from './mask.ts'

test.each([
  ['/v1/scans/42/photo', '/v1/scans/:id/photo'],
  ['/users/9f1c2b/orders', '/users/:id/orders'],
  ['/accounts/sato@example.com', '/accounts/:id'],
  ['/wp-admin.php', '/wp-admin.php'],
  ['/%E8%B6%B3/result', '/:id/result'],
  ['/', '/'],
  ['/a/b/', '/a/b/'],
  ['/a/b/c/d/e/f/g/h/i/j', '/a/b/c/d/e/f/g/h/…'],
  [`/${'x'.repeat(33)}`, '/:id'],
])('%s is kept as %s', (path, masked) => {
  expect(maskPath(path)).toBe(masked)
})

test('whatever the path, the result is short and has no digit but those of a version', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 2000 }), (path) => {
      const masked = maskPath(path)
      expect(masked.length).toBeLessThanOrEqual(8 * 33 + 2)
      expect(masked.replace(/\/v\d{1,2}(?=\/|$)/gi, '')).not.toMatch(/\d/)
    }),
  )
})

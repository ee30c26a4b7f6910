import { expect, test } from 'vitest'
import { createHosts } from './hosts.ts'

const allows = createHosts(['storage.internal', '10.0.0.7:8080', '[::1]:9000', 'Shop.internal:443', 'plain:80'])

test.each([
  ['http://storage.internal/photos', true],
  ['https://storage.internal:8443/', true],
  ['https://STORAGE.internal', true],
  ['http://10.0.0.7:8080', true],
  ['http://10.0.0.7', false],
  ['http://10.0.0.7:80801', false],
  ['http://[::1]:9000/', true],
  ['http://[::1]:9001/', false],
  ['https://shop.internal/', true],
  ['http://shop.internal/', false],
  ['http://plain/', true],
  ['https://plain/', false],
  ['http://evil.storage.internal/', false],
  ['http://storage.internal.evil.example/', false],
  ['http://storage.internal@evil.example/', false],
  ['http://evil.example/storage.internal', false],
  ['ftp://storage.internal/', false],
  ['data:text/plain,storage.internal', false],
  ['/photos', false],
  ['', false],
])('%s is on the list: %s', (address, listed) => {
  expect(allows(address)).toBe(listed)
  if (URL.canParse(address)) expect(allows(new URL(address))).toBe(listed)
})

test('an empty list allows nothing', () => expect(createHosts([])('http://storage.internal/')).toBe(false))

test.each([
  '',
  'http://storage.internal',
  'storage.internal/path',
  'a b',
  'user@host',
  '*.internal/',
  'host:port',
  '::1',
])('%j is no host, and the service does not start with it', (entry) => {
  expect(() => createHosts([entry])).toThrow(/^Expected `context\.trust\.outgoing\.to` to list names of hosts/)
})

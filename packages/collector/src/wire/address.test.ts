import { expect, test } from 'vitest'
import { isForbiddenAddress, literalAddress } from './address.ts'

test.each([
  '169.254.169.254',
  '169.254.170.2',
  '0.0.0.0',
  '255.255.255.255',
  '224.0.0.1',
  '168.63.129.16',
  '100.100.100.200',
  '192.0.0.192',
  '::',
  'fe80::1',
  'fe80::1%eth0',
  'ff02::1',
  'fd00:ec2::254',
  'fd00:0ec2:0:0:0:0:0:254',
  'fd20:ce::254',
  '::ffff:169.254.169.254',
  '::ffff:0:169.254.169.254',
  '::169.254.169.254',
  '64:ff9b::a9fe:a9fe',
  '2002:a9fe:a9fe::1',
  '64:ff9b::6464:64c8',
  'metadata.google.internal',
  '',
])('%j is never called', (address) => {
  expect(isForbiddenAddress(address)).toBe(true)
})

test.each(['127.0.0.1', '10.0.0.7', '192.168.1.1', '172.16.0.1', '93.184.216.34', '::1', 'fd12::1', '2606:4700::1111'])(
  '%j may be where a service lives',
  (address) => {
    expect(isForbiddenAddress(address)).toBe(false)
  },
)

test.each([
  ['http://127.0.0.1:9464/metrics', '127.0.0.1'],
  ['http://[::1]:9464/', '::1'],
  // A URL writes every spelling of an IPv4 address in the same way.
  ['http://2852039166/', '169.254.169.254'],
  ['http://0xa9fea9fe/', '169.254.169.254'],
  ['http://0251.0376.0251.0376/', '169.254.169.254'],
  ['http://①69.254.169.254/', '169.254.169.254'],
  ['http://body-api.example/', undefined],
])('the literal address of %s is %s', (url, address) => {
  expect(literalAddress(new URL(url))).toBe(address)
})

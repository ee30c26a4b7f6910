import fc from 'fast-check'
import { expect, test } from 'vitest'
import { findMember, headerOf, readMember, rememberingFind, withoutMember, withSeal, writeMember } from './member.ts'

const FINGERPRINT = '0123456789abcdef'
const SEAL = 'AbCdEfGhIjKlMnOpQrSt-_'
const name = fc.stringMatching(/^[a-z][a-z0-9-]{0,62}$/)
const origin = fc.record({ journey: name, step: name })
const seconds = fc.integer({ min: 0, max: 99_999_999_999 })

test('what is written is read again, alone or in a header among others, with a seal or without', () => {
  const others = fc.array(fc.stringMatching(/^[a-z]{1,5}=[a-z0-9%;]{0,20}$/), { maxLength: 20 })
  fc.assert(
    fc.property(origin, seconds, fc.boolean(), others, others, (from, at, sealed, before, after) => {
      const text = sealed ? withSeal(writeMember(from, FINGERPRINT, at), SEAL) : writeMember(from, FINGERPRINT)
      const member = {
        name: `${from.journey}.${from.step}`,
        version: '01234567',
        sealed: writeMember(from, FINGERPRINT, sealed ? at : undefined),
        ...(sealed && { seal: { at, text: SEAL } }),
      }
      expect(readMember(text)).toEqual(member)
      const strangers = [...before, ...after].filter((each) => !each.startsWith('tabiji='))
      expect(findMember([...strangers, headerOf(text)].join(', '))).toEqual(member)
      expect(findMember([` ${headerOf(text).replaceAll(';', ' ; ')} `, ...strangers].join(','))).toEqual(member)
    }),
  )
})

test('the longest member is shorter than 200 bytes', () => {
  const longest = 'a'.repeat(63)
  const text = withSeal(writeMember({ journey: longest, step: longest }, FINGERPRINT, 36 ** 8 - 1), SEAL)
  expect(readMember(text)).toBeDefined()
  expect(Buffer.byteLength(headerOf(text))).toBeLessThan(200)
})

test.each([
  '',
  'measure-feet',
  'measure-feet.send',
  'measure-feet.send;v=0123456',
  'measure-feet.send;v=012345678',
  'measure-feet.send;v=0123456G',
  'measure-feet.send;v=01234567;t=1',
  `measure-feet.send;v=01234567;s=${SEAL}`,
  `measure-feet.send;v=01234567;t=1;s=${SEAL}x`,
  `measure-feet.send;t=1;v=01234567;s=${SEAL}`,
  'measure%2Dfeet.send;v=01234567',
  'measure-feet.send.more;v=01234567',
  'Measure-feet.send;v=01234567',
  '足を計測する.send;v=01234567',
  'measure-feet.send;v=01234567\n',
  `${'a'.repeat(64)}.send;v=01234567`,
  `${'a'.repeat(63)}.${'b'.repeat(63)};v=01234567;t=zzzzzzzz;s=${SEAL}${' '.repeat(50)}`,
])('%j is nobody’s writing', (text) => {
  expect(readMember(text)).toBeUndefined()
  if (!/[\n,]/.test(text)) expect(findMember(`tabiji=${text}`)).toBe('broken')
})

test.each(['', 'a=b', 'xtabiji=1', 'tabijix=1', 'a=tabiji', 'TABIJI=measure-feet.send;v=01234567', 'tabiji'])(
  'the header %j has no member of ours',
  (header) => expect(findMember(header)).toBeUndefined(),
)

test('two members are none: nobody can tell which is meant', () => {
  const member = headerOf(writeMember({ journey: 'measure-feet', step: 'send' }, FINGERPRINT))
  expect(findMember(`${member},${member}`)).toBe('broken')
  expect(findMember(`${member},a=b,tabiji=`)).toBe('broken')
})

test('a header that is longer than every platform forwards is not looked through', () => {
  const member = headerOf(writeMember({ journey: 'measure-feet', step: 'send' }, FINGERPRINT))
  expect(findMember(`${member},${'a=b,'.repeat(3_000)}`)).toBe('broken')
  expect(findMember('a=b,'.repeat(3_000))).toBeUndefined()
})

test('nothing that a stranger writes throws, or is taken for more than names and digits', () => {
  const rubbish = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc.array(fc.constantFrom('tabiji', '=', ';', ',', 'v=01234567', 'a.b', '%', ' ', '\t', '\u0000', 's=', 't=1')),
  )
  fc.assert(
    fc.property(rubbish, (given) => {
      const text = typeof given === 'string' ? given : given.join('')
      readMember(text)
      expect(findMember(withoutMember(text))).toBeUndefined()
      const found = findMember(text)
      if (typeof found === 'object') expect(`${found.name};v=${found.version}`).toMatch(/^[a-z0-9.-]+;v=[0-9a-f]{8}$/)
    }),
    { numRuns: 2_000 },
  )
})

test('whoever remembers headers says of each what reading it says, however many there are and in whatever order', () => {
  const find = rememberingFind()
  const header = fc.oneof(
    fc.string({ maxLength: 600 }),
    origin.map((from) => headerOf(writeMember(from, FINGERPRINT))),
    fc.integer({ min: 0, max: 2_000 }).map((i) => headerOf(writeMember({ journey: 'a', step: `s${i}` }, FINGERPRINT))),
  )
  fc.assert(
    fc.property(fc.array(header, { maxLength: 400, size: 'max' }), (headers) => {
      for (const each of [...headers, ...headers.reverse()]) expect(find(each)).toEqual(findMember(each))
    }),
  )
})

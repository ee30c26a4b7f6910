import { expect, test } from 'vitest'
import { during } from './progress.ts'

test('what takes long says so again and again, and is quiet afterwards', async () => {
  const lines: string[] = []
  const told = new EventTarget()
  const tell = (line: string) => {
    lines.push(line)
    if (lines.length === 4) told.dispatchEvent(new Event('enough'))
  }
  const enough = () => new Promise<string>((resolve) => told.addEventListener('enough', () => resolve('read')))
  expect(await during('Reading', tell, enough, 500)).toBe('read')
  expect(lines).toEqual(['Reading', 'Reading (1 s)', 'Reading (1 s)', 'Reading (2 s)'])
})

test('what fails is told as it is', async () => {
  await expect(
    during(
      'Reading',
      () => {},
      () => Promise.reject(new Error('gone')),
    ),
  ).rejects.toThrow('gone')
})

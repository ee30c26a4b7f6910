import { describe, expect, test } from 'vitest'
import { startLoop } from './schedule.ts'

/** A turn that ends when the test says so. */
function turns() {
  const ends: (() => void)[] = []
  const turn = () => new Promise<void>((resolve) => ends.push(resolve))
  const settle = async () => {
    ends.at(-1)?.()
    await new Promise((resolve) => setImmediate(resolve))
  }
  return { ends, turn, settle }
}

describe('a loop', () => {
  test('runs one turn at a time, and one more for all that was asked meanwhile', async () => {
    const { ends, turn, settle } = turns()
    const loop = startLoop(60_000, turn)
    loop.kick()
    loop.kick()
    loop.kick()
    expect(ends).toHaveLength(1)
    await settle()
    expect(ends).toHaveLength(2)
    await settle()
    expect(ends).toHaveLength(2)
    await loop.stop()
  })

  test('stops when its present turn is over, and begins no other', async () => {
    const { ends, turn } = turns()
    const loop = startLoop(60_000, turn)
    loop.kick()
    loop.kick()
    let stopped = false
    const stopping = loop.stop().then(() => {
      stopped = true
    })
    await new Promise((resolve) => setImmediate(resolve))
    expect(stopped).toBe(false)
    ends[0]?.()
    await stopping
    loop.kick()
    expect(ends).toHaveLength(1)
  })

  test('comes round by itself', async () => {
    const turned = new Promise<void>((resolve) => {
      const loop = startLoop(1, () => {
        resolve()
        void loop.stop()
      })
    })
    await turned
  })
})

import type { Page } from 'playwright-core'
import { expect } from 'vitest'

/** What has the focus: what it is called, and what somebody sees of that. */
type Focus = { readonly kind: string; readonly name: string; readonly isSeen: boolean }

const FOCUS = `(() => {
  const element = document.activeElement
  if (element === null || element === document.body) return { kind: 'body', name: '', isSeen: false }
  const { outlineStyle, outlineWidth } = getComputedStyle(element)
  const { top, bottom, height } = element.getBoundingClientRect()
  const label = element.labels?.[0]?.textContent ?? element.textContent
  return {
    kind: element.tagName.toLowerCase(),
    name: label.replace(/\\s+/g, ' ').trim(),
    isSeen: outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2 && height > 0 && bottom > 0 && top < innerHeight,
  }
})()`

/** More than any page has to stop at. */
const MOST_STOPS = 600

/** A keyboard, and nothing else. */
export function keyboardOf(page: Page) {
  const focus = () => page.evaluate<Focus>(FOCUS)
  /** Walks by Tab to what is called so, which must be seen to have the focus. @param kind a tag's name */
  const tabTo = async (kind: string, name: string | RegExp) => {
    const passed: string[] = []
    for (let stop = 0; stop < MOST_STOPS; stop++) {
      await page.keyboard.press('Tab')
      const now = await focus()
      if (now.kind === kind && (typeof name === 'string' ? now.name === name : name.test(now.name))) {
        expect([now.name, now.isSeen]).toEqual([now.name, true])
        return
      }
      passed.push(`${now.kind} ${now.name}`)
    }
    throw new Error(`Tab never came to ${kind} ${name} on ${page.url()}, but to:\n${[...new Set(passed)].join('\n')}`)
  }
  /** Presses keys, one after another, and waits for the page to which the last one leads. */
  const lead = async (keys: readonly string[], to: string | RegExp) => {
    const led = page.waitForEvent('domcontentloaded', { timeout: 60_000 })
    for (const key of keys) await page.keyboard.press(key)
    await led
    await page.waitForURL(to)
  }
  const enter = (to: string | RegExp) => lead(['Enter'], to)
  return {
    focus,
    tabTo,
    lead,
    enter,
    press: (key: string) => page.keyboard.press(key),
    /** Unfolds a form, fills in what is named, in the order in which it stands there, and sends it. */
    fill: async (form: string, typed: Readonly<Record<string, string>>, to: string | RegExp) => {
      await tabTo('summary', form)
      await page.keyboard.press('Enter')
      for (const [label, text] of Object.entries(typed)) {
        await page.keyboard.press('Tab')
        for (let now = await focus(); !now.name.startsWith(label); now = await focus()) {
          expect([form, label, now.kind]).not.toEqual([form, label, 'button'])
          await page.keyboard.press('Tab')
        }
        await page.keyboard.type(text)
      }
      await tabTo('button', form)
      await enter(to)
    },
  }
}

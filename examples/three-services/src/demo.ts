import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { JourneyWork } from '@tabiji/collector'
import { sendPhotos } from './customer.ts'
import { openHouse } from './house.ts'

/** Sends photos through three services, of which one has a bad disk, and asks the collector who burnt the budget. */
const PHOTOS = 24
const SERVICE = fileURLToPath(new URL('./main.js', import.meta.url))

const folder = mkdtempSync(join(tmpdir(), 'tabiji-three-services-'))
const house = await openHouse(SERVICE, folder)
try {
  const ends = await sendPhotos(house.webUrl, PHOTOS, 4)
  console.log(
    `${PHOTOS} photos: ${Object.entries(ends)
      .map(([status, count]) => `${count} ended with ${status}`)
      .join(', ')}`,
  )
  await untilCounted()
  console.log(`\n$ tabiji status\n${await house.tabiji('status')}`)
  console.log(`$ tabiji dependencies measure-feet\n${await house.tabiji('dependencies', 'measure-feet')}`)
} finally {
  await house.stop()
  rmSync(folder, { recursive: true, force: true })
}

/** The collector reads each second, so the last photos are in its books a moment later. */
async function untilCounted(): Promise<void> {
  const events = async () => {
    const answer = await fetch(`${house.api}/api/v1/journeys/measure-feet/dependencies`)
    const { dependencies } = (await answer.json()) as JourneyWork
    return dependencies.find(({ service }) => service === 'storage')?.valid
  }
  while ((await events()) !== PHOTOS) await delay(200)
}

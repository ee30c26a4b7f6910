import { createHouse, type Door, openDoor } from '../http/door.ts'
import { createGithubHook } from '../http/hooks/github.ts'
import { type Hook, hookRoutes } from '../http/hooks.ts'
import type { House } from './house.ts'

/** Opens the door for what other systems tell, when the configuration has one. Every kind of hook proves itself who it is. */
export async function openHooks(house: House): Promise<Door | undefined> {
  const { config, log } = house
  if (config.listen.hooks === undefined) return undefined
  const { host, port } = config.listen.hooks
  const report = (error: unknown) => log.error({ err: error }, 'a delivery of another system could not be taken')
  return openDoor(createHouse([hookRoutes(hooksOf(house), report)], report), host, port)
}

function hooksOf({ config: { hooks }, stores, annotations, now }: House): readonly Hook[] {
  return [
    ...(hooks.github === undefined ? [] : [createGithubHook({ ...hooks.github, annotations, log: stores.hooks, now })]),
  ]
}

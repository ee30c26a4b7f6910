import { type Listed, lookAtLists } from '../../app/listing.ts'
import type { Place } from '../../app/target.ts'
import type { Config } from '../../config/config.ts'
import { CliError, EXIT } from './exit.ts'

/** Where services are asked, and what lists of targets said. */
export type Places = { readonly places: readonly Place[]; readonly lists: readonly Listed[] }

/**
 * Addresses of running services: those that were given, the targets of a configuration, and those that its lists name now.
 * What is named twice is there once.
 *
 * @throws CliError when an address is none
 */
export async function placesOf(addresses: readonly string[], config: Config | undefined): Promise<Places> {
  const given = addresses.map(placeOf)
  const lists = config === undefined ? [] : await lookAtLists(config)
  const targets = [...(config?.targets ?? []), ...lists.flatMap((list) => list.targets)].map(targetPlace)
  // The first one stays: what the configuration says of a target is more than a list does.
  const places = new Map([...given, ...targets].reverse().map((place) => [place.url, place]))
  return { places: [...places.values()].reverse(), lists }
}

function placeOf(address: string): Place {
  const url = URL.canParse(address) ? new URL(address) : undefined
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '') {
    const message = 'Expected `--target` to be an http or https address without a user and a password'
    throw new CliError(EXIT.usage, { code: 'CLI_TARGET', message, hint: 'write it as http://127.0.0.1:3000/metrics' })
  }
  return { shown: `${url.origin}${url.pathname}`, url: address }
}

function targetPlace({ service, url, token, basic, trust }: Listed['targets'][number]): Place {
  const { origin, pathname } = new URL(url)
  return {
    shown: `${service} ${origin}${pathname}`,
    url,
    ...(token !== undefined && { token }),
    ...(basic !== undefined && { basic }),
    ...(trust !== undefined && { trust }),
  }
}

import type { Config } from '../config/config.ts'
import { CliError, EXIT } from './exit.ts'
import type { Place } from './read-target.ts'

/** Addresses of running services: those that were given, and the targets of a configuration. @throws CliError */
export function placesOf(addresses: readonly string[], config: Config | undefined): readonly Place[] {
  return [...addresses.map(placeOf), ...(config?.targets ?? []).map(targetPlace)]
}

function placeOf(address: string): Place {
  const url = URL.canParse(address) ? new URL(address) : undefined
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '') {
    const message = 'Expected `--target` to be an http or https address without a user and a password'
    throw new CliError(EXIT.usage, { code: 'CLI_TARGET', message, hint: 'write it as http://127.0.0.1:3000/metrics' })
  }
  return { shown: `${url.origin}${url.pathname}`, url: address }
}

function targetPlace({ service, url, token }: Config['targets'][number]): Place {
  const { origin, pathname } = new URL(url)
  return { shown: `${service} ${origin}${pathname}`, url, ...(token !== undefined && { token }) }
}

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readDefinition } from '../config/definition.ts'
import { readConfig } from '../config/read.ts'

/** The configuration `tabiji.yaml` of a folder with its journeys file, as the daemon reads them. */
export function readFolder(folder: string) {
  const config = readConfig(join(folder, 'tabiji.yaml'), {}, () => false)
  if (!config.ok) throw new Error(config.problems.map(({ message }) => message).join('\n'))
  const { journeysFile } = config.config
  const journeys = readDefinition(readFileSync(journeysFile, 'utf8'), journeysFile)
  if (!journeys.ok) throw new Error(journeys.problems.map(({ message }) => message).join('\n'))
  return { config: config.config, definition: journeys.definition }
}

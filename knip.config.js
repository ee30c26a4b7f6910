import { readFileSync } from 'node:fs'

const { exports } = JSON.parse(readFileSync('packages/sdk/package.json', 'utf8'))

/** The published form of the SDK is bundled (scripts/bundle-sdk.mjs), so its doors have to be told by their sources. */
const doors = Object.keys(exports).map((door) => (door === '.' ? 'src/index.ts!' : `src/${door.slice(2)}.ts!`))

export default {
  ignoreBinaries: [
    'mount',
    'openssl',
    'pdftotext',
    'prometheus',
    'prometheus-alertmanager',
    'promtool',
    'script',
    'umount',
  ],
  workspaces: {
    '.': {
      entry: ['scripts/{bundle-sdk,bundle-collector,pages}.mjs'],
      project: ['scripts/**/*.mjs', 'test/**/*.ts', '*.ts'],
    },
    'packages/*': { project: ['src/**/*.ts!', '!src/**/testing/**!'] },
    // Their script is bundled by itself (scripts/pages.mjs), so no module imports its beginning.
    'packages/dashboard': {
      entry: ['src/browser/main.ts!'],
      project: ['src/**/*.ts!', '!src/**/testing/**!'],
    },
    'packages/sdk': { entry: doors, project: ['src/**/*.ts!', '!src/**/testing/**!'] },
    'examples/incident-story': { entry: ['src/{clock,main,shop}.ts!'], project: ['src/**/*.ts!'] },
    'examples/*': { entry: ['src/{demo,main}.ts!'], project: ['src/**/*.ts!', '!src/**/testing/**!'] },
    bench: {
      entry: ['src/{main,meter,tick-bare,tick-targets}.ts!', 'src/collector/services.ts!'],
      project: ['src/**/*.ts!'],
    },
  },
}

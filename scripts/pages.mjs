// Makes of the dashboard's compiled client code the one script that its pages load.
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const dashboard = join(root, 'packages/dashboard')
const compiled = join(dashboard, 'dist/browser')
const note = join(dashboard, 'dist/.pages')
const script = join(dashboard, 'lib/pages.js')

const hash = createHash('sha256').update(readFileSync(fileURLToPath(import.meta.url)))
for (const name of readdirSync(compiled)
  .filter((each) => each.endsWith('.js'))
  .sort()) {
  hash.update(`${name}\0`).update(readFileSync(join(compiled, name)))
}
const state = hash.digest('hex')
if (!existsSync(script) || !existsSync(note) || readFileSync(note, 'utf8') !== state) {
  const { build } = await import('vite')
  await build({
    configFile: false,
    logLevel: 'warn',
    root: dashboard,
    build: {
      outDir: 'lib',
      emptyOutDir: true,
      target: 'es2022',
      lib: { entry: join(compiled, 'main.js'), formats: ['es'], fileName: () => 'pages.js' },
      rolldownOptions: { output: { codeSplitting: false } },
    },
  })
  writeFileSync(note, state)
}

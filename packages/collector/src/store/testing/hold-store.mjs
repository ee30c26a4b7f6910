// Opens the store named in the first argument, as a second daemon would, says how that went, and holds it until killed.
import { openDatabase } from '../../../dist/store/database.js'

try {
  openDatabase(process.argv[2], Date.now())
  process.stdout.write('open\n')
  setInterval(() => {}, 60_000)
} catch (error) {
  process.stdout.write(`${error.code}\n`)
}

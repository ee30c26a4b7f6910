// Opens the store named in the first argument, as a second daemon would, says how that went, and holds it until killed.
import { openDatabase } from '../../../dist/store/database.js'

try {
  const store = openDatabase(process.argv[2], Date.now())
  process.stdout.write('open\n')
  // Nobody closes what is still referred to; a store that nobody can reach, the garbage collector may.
  setInterval(() => store, 60_000)
} catch (error) {
  process.stdout.write(`${error.code}\n`)
}

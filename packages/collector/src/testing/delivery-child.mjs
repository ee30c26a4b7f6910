// A collector's delivery in a process of its own, for a test to kill. It is plain JavaScript over the built package,
// because Node 20 runs no TypeScript. It does one thing and then waits to be killed.
import { createDelivery } from '../../dist/jobs/delivery/deliver.js'
import { createSlackNotifier } from '../../dist/notifiers/slack.js'
import { createAlertStore } from '../../dist/store/alert-store.js'
import { openDatabase } from '../../dist/store/database.js'
import { createOutgoing } from '../../dist/wire/outgoing.js'

const { stage, file, hook, commit, now } = JSON.parse(process.argv[2])

const { database } = openDatabase(file, now)
const store = createAlertStore(database)
const chat = createSlackNotifier({ name: 'chat', url: () => hook }, createOutgoing(), { language: 'en' })

// Keeps the process alive, and ends it when the test is gone.
process.on('disconnect', () => process.exit(1))

/** Tells the test that it may kill, and stays. */
function ready() {
  process.send('ready')
  return new Promise(() => {})
}

const notifier = {
  name: 'chat',
  deliver: async (...args) => {
    if (stage === 'before it leaves') await ready()
    const result = await chat.deliver(...args)
    if (stage === 'before it is recorded') await ready()
    return result
  },
}
const delivery = createDelivery({
  store,
  notifiers: [notifier],
  now: () => now,
  random: () => 0.5,
  onAttempt: () => {},
})

if (stage === 'before the commit') database.exec('BEGIN IMMEDIATE')
store.commitAlerts(commit)
if (stage !== 'before the commit' && stage !== 'before it is sent') await delivery.pump(new AbortController().signal)
await ready()

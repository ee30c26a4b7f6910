import fc from 'fast-check'

/**
 * `npm test` plays the same histories every time: it says whether a change broke something, and a red run means that
 * change, never luck. `npm run test:full` draws new ones in every run, and prints the seed of a failure.
 */
const seed = process.env['TABIJI_FULL'] === '1' ? {} : { seed: 0x7ab1_71 }
fc.configureGlobal({ ...fc.readConfigureGlobal(), ...seed })

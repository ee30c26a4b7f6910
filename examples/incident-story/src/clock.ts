/**
 * Loaded before everything else in each process of the story: its clock is off by STORY_CLOCK_OFFSET_MS, so that a month passes
 * in a minute. Timers run as always, and the programs are the ones that everybody runs.
 */
const offset = Number(process.env['STORY_CLOCK_OFFSET_MS'] ?? 0)
const RealDate = Date
const now = () => RealDate.now() + offset

globalThis.Date = new Proxy(RealDate, {
  construct: (target, args: readonly unknown[]) => Reflect.construct(target, args.length === 0 ? [now()] : args),
  get: (target, name, receiver) => (name === 'now' ? now : Reflect.get(target, name, receiver)),
})

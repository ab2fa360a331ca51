import { Readable } from 'node:stream'
import { spec, type TestEvent } from 'node:test/reporters'
import { styleText } from 'node:util'

/**
 * Node's own report, and below it every test that was skipped, with what it misses.
 * A run without any test fails, and under CI a run that skipped one fails too.
 */
export default async function* report(events: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  const skipped = new Map<string, string[]>()
  let count = 0

  async function* watched() {
    for await (const event of events) {
      yield event
      if (event.type !== 'test:pass' && event.type !== 'test:fail') continue
      const { details, file, name, skip } = event.data
      if (details.type !== 'suite') count++
      if (skip === undefined || skip === false) continue
      const reason = typeof skip === 'string' && skip ? skip : `skipped in ${file} without a reason`
      skipped.set(reason, [...(skipped.get(reason) ?? []), name])
    }
  }

  yield* Readable.from(watched()).compose(new spec())

  if (count === 0) {
    process.exitCode = 1
    yield `${styleText('red', '✖ No test ran.')}\n`
  }
  if (skipped.size === 0) return
  yield `\n${styleText('yellow', 'Not tested here:')}\n`
  for (const [reason, names] of skipped) yield `  ${reason}\n${names.map((name) => `    ﹣ ${name}\n`).join('')}`
  if (process.env.CI) {
    process.exitCode = 1
    yield `${styleText('red', '✖ Under CI nothing may be skipped.')}\n`
  }
}

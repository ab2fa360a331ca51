import assert from 'node:assert/strict'
import { test } from 'node:test'
import { all, defer } from 'typescript/sync'
import { Answers } from './answers.ts'
import type { Ask } from './compiler.ts'
import { inRounds } from './rounds.ts'

/** A question that is answered by its own text. */
function* ask(text: string): Ask<string> {
  return yield { method: 'echo', params: text } as never
}

/** Runs a question, and gives what was asked in each round beside the answer. */
function run<Answer>(question: Ask<Answer>): { rounds: string[]; answer: Answer } {
  const rounds: string[] = []
  const running = inRounds(question)
  for (let next = running.next(); ; ) {
    if (next.done) return { rounds, answer: next.value }
    const texts = [next.value].flat().map((request) => ('params' in request ? String(request.params) : ''))
    rounds.push(texts.join())
    next = running.next(texts.map((text) => (text === 'bad' ? { error: text } : { result: text })))
  }
}

test('What is asked side by side is asked in one round, and what several ask is sent once', () => {
  function* chain(name: string): Ask<string> {
    return `${yield* ask('same')} ${yield* ask(name)}`
  }
  const { rounds, answer } = run(all(chain('a'), chain('b'), chain('a')))
  assert.deepEqual(rounds, ['same', 'a,b'])
  assert.deepEqual(answer, ['same a', 'same b', 'same a'])
})

test('Questions stand in the order of those who ask, whatever was answered first, and what is put off behind them', () => {
  const done: string[] = []
  function* put(name: string): Ask<void> {
    done.push(yield* ask(name))
  }
  function* first(): Ask<void> {
    yield* defer(put('later'))
    yield* all(put('a'), put('b'))
    yield* put('c')
  }
  const { rounds } = run(all(first(), put('d')))
  assert.deepEqual(rounds, ['a,b,d,later', 'c'])
  assert.deepEqual(done, ['a', 'b', 'd', 'later', 'c'])
})

test('An error is thrown where it was asked', () => {
  function* careful(): Ask<string> {
    try {
      return yield* ask('bad')
    } catch (error) {
      return `caught ${error instanceof Error ? error.message : error}`
    }
  }
  assert.equal(run(careful()).answer, 'caught bad')
  assert.throws(() => run(all(ask('good'), ask('bad'))), /bad/)
})

test('Who asks under a key that was asked under waits for that answer', () => {
  const answers = new Answers<string, string>()
  const { rounds, answer } = run(
    all(
      answers.to('key', () => ask('one')),
      answers.to('key', () => ask('other')),
    ),
  )
  assert.deepEqual(rounds, ['one'])
  assert.deepEqual(answer, ['one', 'one'])
})

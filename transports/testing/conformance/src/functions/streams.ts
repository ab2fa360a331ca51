import { tracked } from 'pikku'
import { func } from '../pikku.ts'

/** Counts up to a number; 13 fails, and up to 0 it waits for the reader to leave. */
export const ticks = func({ auth: false }, async function* ({ notes }, { upTo }: { upTo: number }, { signal }) {
  try {
    for (let tick = 1; tick <= upTo; tick++) {
      if (tick === 13) throw new Error('unlucky')
      yield tick
    }
    if (upTo === 0) await new Promise((resolve) => signal.addEventListener('abort', resolve))
  } finally {
    notes.set('ticks', 'ended')
  }
})

/** Counts without end. */
export const counting = func({ auth: false }, async function* ({ notes }, _input: {}) {
  try {
    for (let tick = 1; ; tick++) {
      yield tick
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
  } finally {
    notes.set('counting', 'ended')
  }
})

/** Counts up to a number, each with its id: who comes back is given what follows. 13 fails here too. */
export const counted = func({ auth: false }, async function* (_, { upTo }: { upTo: number }, { lastEventId = '0' }) {
  for (let count = Number(lastEventId) + 1; count <= upTo; count++) {
    if (count === 13) throw new Error('unlucky')
    yield tracked(`${count}`, { count })
  }
  yield tracked('end')
})

/** Gives 64 KiB after 64 KiB, and keeps note of how many it gave. */
export const flood = func({ auth: false }, async function* ({ notes }, _: {}) {
  try {
    for (let given = 1; ; given++) {
      notes.set('flood', `${given}`)
      yield 'x'.repeat(65_536)
    }
  } finally {
    notes.set('flood', 'ended')
  }
})

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

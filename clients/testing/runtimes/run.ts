import { Place, type Result } from './behaviour.ts'
import { behaviours } from './behaviours.ts'

/** Milliseconds after which a behaviour that has not ended has failed. */
const patience = 20_000

/** Tries every behaviour where this runs, and tells the test how it went. */
export async function run(url: string): Promise<void> {
  const place = new Place(url)
  const results: Result[] = []
  for (const { name, run } of behaviours) {
    try {
      await Promise.race([run(place), late()])
      results.push({ name })
    } catch (error) {
      results.push({ name, error: error instanceof Error ? `${error.message}\n${error.stack}` : `${error}` })
    }
  }
  await place.report(results)
}

function late(): Promise<never> {
  return new Promise((_, reject) => setTimeout(() => reject(new Error('It did not end.')), patience))
}

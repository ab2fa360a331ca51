import { Deadlines, type Due } from './deadlines.ts'

/** Something that is waited for. */
class Wait implements Due<Wait> {
  readonly start: number = performance.now()
  readonly late: () => void
  time: number
  before: Wait | undefined
  behind: Wait | undefined

  constructor(time: number, late: () => void) {
    this.time = time
    this.late = late
  }
}

const waits = new Deadlines<Wait>((wait) => {
  waits.delete(wait)
  wait.late()
})

/**
 * What the work gives, if it does so within so many milliseconds. What it gives later is not heard any more.
 *
 * @param late gives what is thrown otherwise.
 */
export function inTime<Result>(work: Promise<Result>, time: number, late: () => Error): Promise<Result> {
  return new Promise<Result>((resolve, reject) => {
    const wait = new Wait(time, () => reject(late()))
    waits.add(wait)
    work.then(resolve, reject).finally(() => waits.delete(wait))
  })
}

/** Does something again and again, and keeps no process alive by it. */
export function every(milliseconds: number, work: () => void): ReturnType<typeof setInterval> {
  const timer = setInterval(work, milliseconds)
  // Where there is no Node, it is a number.
  if (typeof timer === 'object') timer.unref()
  return timer
}

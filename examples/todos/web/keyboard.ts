/** Runs what belongs to a key, unless somebody is writing. */
export function listenToKeys(keys: Readonly<Record<string, () => void>>, signal: AbortSignal): void {
  document.addEventListener(
    'keydown',
    (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector('dialog[open]')) return
      if (
        event.target instanceof Element &&
        event.target.closest('input:not([type=checkbox], [type=radio]), textarea, select')
      ) {
        return
      }
      if (!Object.hasOwn(keys, event.key)) return
      event.preventDefault()
      keys[event.key]?.()
    },
    { signal },
  )
}

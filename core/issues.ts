import type { CodecIssue } from './contract.ts'
import type { Issue } from './errors.ts'

const maxIssues = 20
const maxBytes = 8192
const maxText = 200

/**
 * What of a codec's issues is sent to the caller: at most 20, 8 KiB of text in all, and no value that was sent.
 * Where no form of a union fits, the issues of the form that came closest are told.
 */
export function toIssues(issues: readonly CodecIssue[]): Issue[] {
  const told: Issue[] = []
  let bytes = 0
  for (const issue of flatten(issues, [], 0)) {
    const next = { path: issue.path.map(toStep), message: cut(issue.message), code: issue.code ?? 'invalid' }
    bytes += next.message.length + next.path.join('.').length + 40
    if (told.length === maxIssues || bytes > maxBytes) break
    told.push(next)
  }
  return told
}

function* flatten(issues: readonly CodecIssue[], prefix: readonly PropertyKey[], depth: number): Generator<CodecIssue> {
  for (const issue of issues) {
    const path = [...prefix, ...issue.path]
    const closest = depth < 8 ? closestForm(issue) : undefined
    if (closest) yield* flatten(closest, path, depth + 1)
    else yield { ...issue, path }
  }
}

/** The form of a union whose mistakes lie deepest; `undefined` when none is closer than the others. */
function closestForm(issue: CodecIssue): readonly CodecIssue[] | undefined {
  if (!('errors' in issue) || !Array.isArray(issue.errors)) return undefined
  let closest: readonly CodecIssue[] | undefined
  let deepest = 0
  for (const form of issue.errors.slice(0, 32) as (readonly CodecIssue[])[]) {
    const depth = Math.min(...form.slice(0, maxIssues).map(({ path }) => path.length))
    if (form.length > 0 && depth > deepest) [closest, deepest] = [form, depth]
  }
  return closest
}

function toStep(step: PropertyKey): string | number {
  return typeof step === 'number' ? step : cut(String(step))
}

function cut(text: string): string {
  return text.length > maxText ? `${text.slice(0, maxText)}…` : text
}

import { createRequire } from 'node:module'
import type { AstNode } from 'regjsparser'

// Most apps have no pattern, so what judges one is loaded with the first.
const require = createRequire(import.meta.url)

/**
 * Whether some text makes a regular expression try exponentially many ways before it gives up, as `^(a+)+$` does.
 * Only what repeats a choice can: a group that is repeated, with a repetition or alternatives in it. Whether its
 * ways overlap is found by redos-detector, by counted steps, so that every machine finds the same.
 */
export function isCatastrophic(pattern: string): boolean {
  const { parse } = require('regjsparser') as typeof import('regjsparser')
  if (!repeatsChoice(parse(pattern, 'u', features), false)) return false
  const { isSafePattern } = require('redos-detector') as typeof import('redos-detector')
  return !isSafePattern(pattern, { unicode: true, maxSteps: 5_000, maxScore: 200 }).safe
}

const features = { lookbehind: true, namedGroups: true, unicodePropertyEscape: true } as const

/** More repetitions than this count as many. */
const few = 8

function repeatsChoice(node: AstNode<typeof features>, repeated: boolean): boolean {
  const isMany = node.type === 'quantifier' && (node.max === undefined || node.max > few)
  if (repeated && (isMany || node.type === 'disjunction')) return true
  if (!('body' in node)) return false
  return node.body.some((child) => repeatsChoice(child as AstNode<typeof features>, repeated || isMany))
}

#!/usr/bin/env node
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { enableCompileCache } from 'node:module'
import { setFlagsFromString } from 'node:v8'

// A process that stays is left to V8 as it is.
if (!process.argv.includes('--watch')) {
  // What is read of a program is kept to the end, so a larger young generation is memory spent on copying it twice.
  setFlagsFromString('--semi-space-growth-factor=1')
  // So much code runs so briefly that making optimised code of it costs more than that saves.
  setFlagsFromString('--no-opt')
  // Left to itself, V8 lets a small heap grow fourfold before it looks for what is free.
  setFlagsFromString('--heap-growing-percent=100')
  // The compiler is a Go program: it collects twice as often as by default, on a processor that has nothing else to do.
  process.env.GOGC ??= '50'
}
// The next run need not compile the same code again.
enableCompileCache()

const { version } = JSON.parse(await readFile(new URL('../package.json', import.meta.url), 'utf8'))
const inCheckout = existsSync(new URL('../tsconfig.build.json', import.meta.url))
if (inCheckout) {
  // Sources run as they are, and so does what a project's configuration imports from here.
  const { registerHooks } = await import('node:module')
  registerHooks({
    resolve: (specifier, context, next) =>
      next(specifier, { ...context, conditions: [...context.conditions, 'pikku-source'] }),
  })
}
const { run } = await import(inCheckout ? './main.ts' : '../dist/cli/main.js')
process.exitCode = await run(process.argv.slice(2), version)

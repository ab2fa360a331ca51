import type { HubUnderTest } from './suite.ts'

export function nodesTests(_under: HubUnderTest): void {}

import { describe } from 'node:test'
import { deliveryTests } from './delivery.ts'
import { historyTests } from './history.ts'
import { interleavingTests } from './interleaving.ts'
import { nodesTests } from './nodes.ts'
import { outageTests } from './outage.ts'
import { presenceTests } from './presence.ts'
import { subscribeTests } from './subscribe.ts'
import type { HubUnderTest } from './under-test.ts'

/** What every hub does. */
export function testHub(name: string, under: HubUnderTest): void {
  describe(name, { skip: under.skip }, () => {
    deliveryTests(under)
    historyTests(under)
    subscribeTests(under)
    interleavingTests(under)
    presenceTests(under)
    if (under.enterElsewhere) nodesTests(under)
    if (under.outage) outageTests(under, under.outage)
  })
}

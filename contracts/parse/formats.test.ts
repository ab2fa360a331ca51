import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as z from 'zod'
import * as wire from '../wire.ts'
import * as formats from './formats.ts'

test('the formats are those of Zod, letter by letter', () => {
  const { regexes } = z.core
  assert.equal(formats.uuid.source, regexes.guid.source)
  // But for escapes that say nothing: the hyphens stand at the end of their classes.
  assert.equal(formats.email.source, regexes.email.source.replaceAll('\\-]', '-]'))
  assert.equal(formats.date.source, regexes.date.source)
  assert.equal(formats.dateTime.source, regexes.datetime({ offset: true }).source)
  assert.equal(formats.ipv4.source, regexes.ipv4.source)
  const [time] = wire.time()._zod.def.checks ?? []
  assert.ok(time && 'pattern' in time._zod.def)
  assert.equal(String(time._zod.def.pattern), String(formats.time))
  for (const { flags } of [formats.uuid, formats.email, formats.date, formats.dateTime, formats.ipv4])
    assert.equal(flags, '')
})

test('addresses and URIs are what Zod takes', () => {
  const texts = ['::1', '::@1', '::1\n', 'g::', '::ffff:1.2.3.4', '1::2::3', '', 'fe80::1%eth0', '0:0:0:0:0:0:0:1']
  for (const text of texts) assert.equal(formats.isIpv6(text), z.ipv6().safeParse(text).success, text)
  for (const text of [
    'https://a.example',
    ' mailto:a@b.co\t',
    'https://a\nb.example',
    'a',
    '//a',
    '',
    'http://',
    'x:',
  ]) {
    const { success, data } = z.url().safeParse(text)
    assert.equal(formats.trimUri(text), success ? data : z.INVALID, text)
  }
})

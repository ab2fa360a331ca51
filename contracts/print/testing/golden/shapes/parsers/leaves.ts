// Written by `pikku contracts`. Do not edit: change the functions and run it again.
import {
  date,
  dateTime,
  decodeBigInt,
  decodeBuffer,
  decodeBytes,
  decodeDate,
  decodeUrl,
  email,
  type Fields,
  invalid,
  ipv4,
  isIpv6,
  isMultiple,
  isObject,
  longer,
  time,
  trimUri,
  uuid,
} from 'pikku/parse'

const pattern = /^[^/]+\/\S*$/u
const pattern2 = /^user_(?:\s*(?:[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?|0[xX][\da-fA-F]+|0[oO][0-7]+|0[bB][01]+)\s*|\s+)`\$\{x\}`(?:a|b\.)$/u
const pattern3 = /^\P{Changes_When_Uppercased}*$/u
const pattern4 = /^(?:\P{Changes_When_Uppercased}*)!$/u

/** What `leaves.all` takes. */
export function decodeAllInput(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const {
    string,
    limited,
    uuid: uuid2,
    email: email2,
    uri,
    moment,
    day,
    time: time2,
    ipv4: ipv,
    ipv6: ipv2,
    template,
    shout,
    shouted,
    code,
    number,
    integer,
    stepped,
    bigint,
    boolean,
    none,
    unknown,
    date: date2,
    url,
    bytes,
    buffer,
    five,
    large,
    yes,
    text,
  } = value
  if (typeof string !== 'string') return invalid
  if (typeof limited !== 'string' || limited === '' || longer(limited, 80) || !pattern.test(limited)) return invalid
  if (typeof uuid2 !== 'string' || !uuid.test(uuid2)) return invalid
  if (typeof email2 !== 'string' || longer(email2, 254) || !email.test(email2)) return invalid
  const uri2 = trimUri(uri)
  if (uri2 === invalid) return invalid
  if (typeof moment !== 'string' || !dateTime.test(moment)) return invalid
  if (typeof day !== 'string' || !date.test(day)) return invalid
  if (typeof time2 !== 'string' || !time.test(time2)) return invalid
  if (typeof ipv !== 'string' || !ipv4.test(ipv)) return invalid
  if (typeof ipv2 !== 'string' || !isIpv6(ipv2)) return invalid
  if (typeof template !== 'string' || !pattern2.test(template)) return invalid
  if (typeof shout !== 'string' || !pattern3.test(shout)) return invalid
  if (typeof shouted !== 'string' || !pattern4.test(shouted)) return invalid
  if (typeof code !== 'string' || longer(code, 2) || !pattern3.test(code)) return invalid
  if (typeof number !== 'number' || !Number.isFinite(number)) return invalid
  if (typeof integer !== 'number' || !Number.isSafeInteger(integer) || integer < -1 || integer >= 10) return invalid
  if (
    typeof stepped !== 'number' ||
    !Number.isFinite(stepped) ||
    stepped <= 0 ||
    stepped > 1 ||
    !isMultiple(stepped, 0.25)
  ) {
    return invalid
  }
  const bigint2 = decodeBigInt(bigint)
  if (bigint2 === invalid) return invalid
  if (bigint2 < -10n || bigint2 > 10n) return invalid
  if (typeof boolean !== 'boolean') return invalid
  if (none !== null) return invalid
  const date3 = decodeDate(date2)
  if (date3 === invalid) return invalid
  const url2 = decodeUrl(url)
  if (url2 === invalid) return invalid
  const bytes2 = decodeBytes(bytes)
  if (bytes2 === invalid) return invalid
  const buffer2 = decodeBuffer(buffer)
  if (buffer2 === invalid) return invalid
  if (five !== 5) return invalid
  const large2 = large === '5' ? 5n : invalid
  if (large2 === invalid) return invalid
  if (yes !== true) return invalid
  if (text !== "it's */ `${1}` \\ \n") return invalid
  const value2: Fields = {
    string,
    limited,
    uuid: uuid2,
    email: email2,
    uri: uri2,
    moment,
    day,
    time: time2,
    ipv4: ipv,
    ipv6: ipv2,
    template,
    shout,
    shouted,
    code,
    number,
    integer,
    stepped,
    bigint: bigint2,
    boolean,
    none,
  }
  if (unknown !== undefined) value2['unknown'] = unknown
  value2['date'] = date3
  value2['url'] = url2
  value2['bytes'] = bytes2
  value2['buffer'] = buffer2
  value2['five'] = five
  value2['large'] = large2
  value2['yes'] = yes
  value2['text'] = text
  return value2
}

/** What `leaves.all` gives. */
export function encodeAllOutput(value: unknown): unknown {
  if (typeof value !== 'number' || !Number.isFinite(value)) return invalid
  return value
}

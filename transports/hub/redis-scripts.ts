// The history of a topic is a stream whose ids are `epoch-number`: numbers without gaps, so that each reader sees whether
// something is missing, and an epoch that is the time at which the stream began.

const last = `
local last = redis.call('XREVRANGE', KEYS[1], '+', '-', 'COUNT', 1)[1]
local epoch, number
if last then
  epoch, number = string.match(last[1], '(%d+)-(%d+)')
else
  local now = redis.call('TIME')
  epoch, number = now[1] .. string.format('%06d', now[2]), '0'
end
`

/** Adds a text to the stream, and tells those who listen. KEYS: stream. ARGV: text, entries, milliseconds, channel. */
export const publishScript = `${last}
local id = epoch .. '-' .. string.format('%.0f', number + 1)
redis.call('XADD', KEYS[1], 'MAXLEN', '~', ARGV[2], id, 'text', ARGV[1])
redis.call('PEXPIRE', KEYS[1], ARGV[3])
redis.call('PUBLISH', ARGV[4], id .. ' ' .. ARGV[1])
return id
`

/** Reads what followed an entry: the last id, whether all is there, entries. KEYS: stream. ARGV: epoch, number, milliseconds. */
export const readScript = `${last}
if not last then
  -- What listeners come back with must be known then.
  redis.call('XADD', KEYS[1], epoch .. '-0', 'begin', '')
end
redis.call('PEXPIRE', KEYS[1], ARGV[3])
local first = redis.call('XRANGE', KEYS[1], '-', '+', 'COUNT', 1)[1][1]
local after = tonumber(ARGV[2])
local whole = epoch == ARGV[1] and after <= tonumber(number) and after + 1 >= tonumber(string.match(first, '-(%d+)'))
local entries = {}
if whole and after < tonumber(number) then
  entries = redis.call('XRANGE', KEYS[1], epoch .. '-' .. string.format('%.0f', after + 1), '+')
end
return { epoch .. '-' .. number, whole and 1 or 0, entries }
`

/** Puts down a list of a node. KEYS: node. ARGV: topic, list or nothing, milliseconds. */
export const putScript = `
if ARGV[2] == '' then redis.call('HDEL', KEYS[1], ARGV[1]) else redis.call('HSET', KEYS[1], ARGV[1], ARGV[2]) end
redis.call('PEXPIRE', KEYS[1], ARGV[3])
`

const now = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
`

/** Says that a node is alive: whether it was, and which ones are. KEYS: nodes, node. ARGV: name of the node, milliseconds. */
export const renewScript = `${now}
local kept = redis.call('EXISTS', KEYS[2])
redis.call('HSET', KEYS[2], '', '')
redis.call('PEXPIRE', KEYS[2], ARGV[2])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)
redis.call('ZADD', KEYS[1], now + ARGV[2], ARGV[1])
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return { kept, redis.call('ZRANGE', KEYS[1], 0, -1) }
`

/** The lists of all nodes for a topic. KEYS: nodes. ARGV: what the keys of nodes begin with, topic. */
export const listsScript = `${now}
local lists = {}
for _, node in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], now, '+inf')) do
  local list = redis.call('HGET', ARGV[1] .. node, ARGV[2])
  if list then table.insert(lists, list) end
end
return lists
`

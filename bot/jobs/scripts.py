"""What the broker does in one step inside Redis: a queue, and one mark for each key that waits or runs.

The mark is "1" while a task of its key waits or runs, and "2" when it was asked for again meanwhile. Marks
expire, so that one whose task was lost with its stream does not hold up its kind for ever.
"""

#: KEYS stream, mark; ARGV data, key, life of a mark in ms, most waiting. 1 queued, 0 already there, -1 full.
ASK = """
if redis.call('EXISTS', KEYS[2]) == 1 then
    redis.call('SET', KEYS[2], '2', 'KEEPTTL')
    return 0
end
if redis.call('XLEN', KEYS[1]) >= tonumber(ARGV[4]) then
    return -1
end
redis.call('SET', KEYS[2], '1', 'PX', ARGV[3])
redis.call('XADD', KEYS[1], '*', 'data', ARGV[1], 'key', ARGV[2])
return 1
"""

#: KEYS stream, mark; ARGV group, entry, data, key, life of a mark. Takes a done task away; queues it once
#: more where it was asked for meanwhile. Nothing where somebody else has already done so.
DONE = """
redis.call('XACK', KEYS[1], ARGV[1], ARGV[2])
if redis.call('XDEL', KEYS[1], ARGV[2]) == 0 then
    return 0
end
if redis.call('GET', KEYS[2]) == '2' then
    redis.call('SET', KEYS[2], '1', 'PX', ARGV[5])
    redis.call('XADD', KEYS[1], '*', 'data', ARGV[3], 'key', ARGV[4])
else
    redis.call('DEL', KEYS[2])
end
return 1
"""

#: KEYS stream, mark, dead stream; ARGV group, entry, data, key, most kept. Puts a task aside for good.
BURY = """
redis.call('XACK', KEYS[1], ARGV[1], ARGV[2])
redis.call('XDEL', KEYS[1], ARGV[2])
redis.call('DEL', KEYS[2])
redis.call('XADD', KEYS[3], 'MAXLEN', '~', ARGV[5], '*', 'data', ARGV[3], 'key', ARGV[4])
return redis.call('INCR', KEYS[3] .. ':count')
"""

#: KEYS stream; ARGV group, idle milliseconds. Forgets consumers of processes that are long gone.
TIDY = """
for _, consumer in ipairs(redis.call('XINFO', 'CONSUMERS', KEYS[1], ARGV[1])) do
    local is = {}
    for at = 1, #consumer, 2 do is[consumer[at]] = consumer[at + 1] end
    if is['pending'] == 0 and is['idle'] > tonumber(ARGV[2]) then
        redis.call('XGROUP', 'DELCONSUMER', KEYS[1], ARGV[1], is['name'])
    end
end
"""

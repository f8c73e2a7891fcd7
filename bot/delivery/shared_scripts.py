"""The shared pace in one step inside Redis, by Redis's clock in microseconds.

The schedule is the virtual scheduling form of the generic cell rate algorithm (ITU-T I.371, annex A), the
window a sliding log; both are what bot.delivery.pacing.Pacing does in one process.
"""

#: KEYS departures, next, halt, floods, ahead, chat, queue. ARGV most, window, interval, catch-up, latest, 1
#: for an answer, id, process, chat, chat interval, group window, most in a group (0: no group), then pairs of
#: id and moment counted. Returns what holds it up (0 nothing, 1 the pace, 2 the chat, 3 everything), for how
#: long, and now. Of the processes that wait for the pace, the first has a quarter of an interval to itself.
LEAVE = """
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local most, window, interval = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local answer = ARGV[6] == '1'
local function whole(number) return string.format('%.0f', number) end

for at = 13, #ARGV, 2 do redis.call('ZADD', KEYS[1], 'XX', ARGV[at + 1], ARGV[at]) end
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', '(' .. whole(now - window))
-- A clock that was put back must not stop us for as long.
redis.call('ZREMRANGEBYSCORE', KEYS[1], '(' .. whole(now + 5000000), '+inf')
local soonest = tonumber(redis.call('GET', KEYS[2]) or 0)
if soonest > now + 5000000 then soonest = 0 end

if not answer then
    local halt = redis.call('PTTL', KEYS[3])
    if halt > 0 then return {3, halt * 1000, whole(now)} end
    local free = tonumber(redis.call('ZSCORE', KEYS[4], ARGV[9]) or 0)
    local last = tonumber(redis.call('LINDEX', KEYS[6], 0) or 0)
    if last > now + 5000000 then last = 0 end
    if last > 0 then free = math.max(free, last + ARGV[10]) end
    if tonumber(ARGV[12]) > 0 then
        local first = tonumber(redis.call('LINDEX', KEYS[6], ARGV[12] - 1) or 0)
        if first > 0 and first <= now then free = math.max(free, first + ARGV[11]) end
    end
    if free > now then return {2, whole(free - now), whole(now)} end
    if redis.call('EXISTS', KEYS[5]) == 1 then return {1, whole(interval), whole(now)} end
end

if redis.call('ZCARD', KEYS[1]) >= most then
    local first = redis.call('ZRANGE', KEYS[1], -most, -most, 'WITHSCORES')
    soonest = math.max(soonest, first[2] + window)
end
local turn = soonest
if not answer then
    redis.call('ZREMRANGEBYSCORE', KEYS[7], '-inf', whole(now - 5000000))
    redis.call('ZREMRANGEBYSCORE', KEYS[7], '(' .. whole(now + 5000000), '+inf')
    local first = redis.call('ZRANGE', KEYS[7], 0, 0)[1]
    if first and first ~= ARGV[8] then turn = soonest + interval / 4 end
end
if turn > now then
    if answer then
        redis.call('SET', KEYS[5], '1', 'PX', math.ceil((soonest - now + interval) / 1000))
    else
        redis.call('ZADD', KEYS[7], 'NX', whole(now), ARGV[8])
        redis.call('PEXPIRE', KEYS[7], 60000)
    end
    return {1, whole(turn - now), whole(now)}
end

local counted = now
if not answer then
    redis.call('ZREM', KEYS[7], ARGV[8])
    counted = now + ARGV[5]
    redis.call('LPUSH', KEYS[6], whole(now))
    redis.call('LTRIM', KEYS[6], 0, 19)
    redis.call('PEXPIRE', KEYS[6], 61000)
else
    redis.call('DEL', KEYS[5])
end
redis.call('ZADD', KEYS[1], whole(counted), ARGV[7])
redis.call('PEXPIRE', KEYS[1], 60000)
redis.call('SET', KEYS[2], whole(math.max(soonest, now - ARGV[4]) + interval), 'PX', 60000)
return {0, 0, whole(now)}
"""

#: KEYS halt, floods. ARGV chat, pause. Returns 1 where everything is halted: when two chats' floods coincide.
FLOODED = """
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', string.format('%.0f', now))
redis.call('ZREM', KEYS[2], ARGV[1])
local others = redis.call('ZCARD', KEYS[2])
redis.call('ZADD', KEYS[2], string.format('%.0f', now + ARGV[2]), ARGV[1])
redis.call('PEXPIRE', KEYS[2], 3600000)
if others == 0 then return 0 end
local pause = math.ceil(ARGV[2] / 1000)
if redis.call('PTTL', KEYS[1]) < pause then redis.call('SET', KEYS[1], '1', 'PX', pause) end
return 1
"""

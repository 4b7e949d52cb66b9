-- Asks several limits at once and takes from all of them or from none. Time is the server's, the same for all replicas.
-- KEYS: one for each limit, all in one hash slot.
-- ARGV: id of the request, milliseconds until a forgotten lease ends; then for each limit: kind, permits, milliseconds of its window.
-- Answer: number of the limit without room (0: all had), milliseconds until it may have; then for each limit asked:
-- what remains, milliseconds until it is whole again (-1: not a matter of time).
local segments = 10
local time = redis.call('TIME')
local now = time[1] * 1000 + time[2] / 1000
local id, lease = ARGV[1], tonumber(ARGV[2])
local answer = {0, 0}
local take = {}

local function fixed(key, permits, window)
  local used, left = tonumber(redis.call('GET', key) or 0), redis.call('PTTL', key)
  if left < 0 then used, left = 0, window end
  return permits - used, left, left, left, function()
    if used == 0 then redis.call('SET', key, 1, 'PX', window) else redis.call('INCR', key) end
  end
end

local function sliding(key, permits, window)
  local length = window / segments
  local current = math.floor(now / length)
  local used, oldest, newest = 0, nil, nil
  local all = redis.call('HGETALL', key)
  for i = 1, #all, 2 do
    local segment, taken = tonumber(all[i]), tonumber(all[i + 1])
    if segment < current - segments then
      redis.call('HDEL', key, all[i])
    else
      used = used + taken
      oldest, newest = math.min(oldest or segment, segment), math.max(newest or segment, segment)
    end
  end
  local function ends(segment) return segment and (segment + segments + 1) * length - now or 0 end
  return permits - used, ends(newest), ends(oldest), ends(current), function()
    redis.call('HINCRBY', key, string.format('%d', current), 1)
    redis.call('PEXPIRE', key, math.ceil(window + 2 * length))
  end
end

local function bucket(key, burst, fill)
  local cost = fill / burst
  local full = math.max(tonumber(redis.call('GET', key) or 0), now)
  local missing = full - now
  return math.floor((fill - missing) / cost + 0.000001), missing, missing + cost - fill, missing + cost, function()
    redis.call('SET', key, string.format('%.3f', full + cost), 'PX', math.ceil(missing + cost))
  end
end

local function parallel(key, permits)
  redis.call('ZREMRANGEBYSCORE', key, '-inf', now)
  return permits - redis.call('ZCARD', key), -1, 1000, -1, function()
    redis.call('ZADD', key, now + lease, id)
    redis.call('PEXPIRE', key, lease)
  end
end

local kinds = {Fixed = fixed, Sliding = sliding, TokenBucket = bucket, Concurrency = parallel}
for i, key in ipairs(KEYS) do
  local remaining, whole, retry, after, use = kinds[ARGV[3 * i]](key, tonumber(ARGV[3 * i + 1]), tonumber(ARGV[3 * i + 2]))
  if remaining < 1 then
    answer[1], answer[2] = i, math.ceil(retry)
    answer[2 * i + 1], answer[2 * i + 2] = 0, math.ceil(whole)
    return answer
  end
  answer[2 * i + 1], answer[2 * i + 2] = remaining, math.ceil(whole)
  take[i] = {use, math.ceil(after)}
end
for i, use in ipairs(take) do
  use[1]()
  answer[2 * i + 1], answer[2 * i + 2] = answer[2 * i + 1] - 1, use[2]
end
return answer

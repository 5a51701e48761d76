-- What wrk asks, by the environment: MODE generate | mixed | stored | lists, TEAMS, COMPETITION, DATE, IDS
local teams, ids, counter = {}, {}, 0
for name in string.gmatch(os.getenv("TEAMS") or "", "[^,]+") do teams[#teams + 1] = name end
for name in string.gmatch(os.getenv("IDS") or "", "[^,]+") do ids[#ids + 1] = name end
local mode, date = os.getenv("MODE") or "generate", os.getenv("DATE") or ""

local function fixture()
  counter = counter + 1
  local pair = counter * 37 % (#teams * (#teams - 1)) -- every pair before any comes again
  local host, guest = math.floor(pair / (#teams - 1)), pair % (#teams - 1)
  if guest >= host then guest = guest + 1 end
  local home, away = teams[host + 1], teams[guest + 1]
  return string.format('{"competition":"%s","home":"%s","away":"%s","match_date":"%s"}',
    os.getenv("COMPETITION"), home, away, date)
end

local json = { ["Content-Type"] = "application/json" }

function request()
  if mode == "generate" or (mode == "mixed" and counter % 10 == 0) then
    return wrk.format("POST", "/api/v1/predictions/match", json, fixture())
  end
  counter = counter + 1
  if mode == "lists" or (mode == "mixed" and counter % 3 == 0) then
    local day = string.format("2020-01-%02dT00:00:00Z", 1 + counter % 10)
    return wrk.format("GET", "/api/v1/predictions?limit=20&date_from=" .. day)
  end
  return wrk.format("GET", "/api/v1/predictions/" .. ids[counter % #ids + 1])
end

function done(summary, latency, requests)
  io.write(string.format('{"requests":%d,"seconds":%.3f,"p50":%.3f,"p95":%.3f,"p99":%.3f,"failed":%d}\n',
    summary.requests, summary.duration / 1e6, latency:percentile(50) / 1000, latency:percentile(95) / 1000,
    latency:percentile(99) / 1000,
    summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.status + summary.errors.timeout))
end

-- What wrk asks, by the environment: MODE generate | mixed, TEAMS, COMPETITION, DATE, STORED
local teams, counter = {}, 0
for name in string.gmatch(os.getenv("TEAMS") or "", "[^,]+") do teams[#teams + 1] = name end
local mode, date = os.getenv("MODE") or "generate", os.getenv("DATE") or ""
local stored = os.getenv("STORED") or ""

local function fixture()
  counter = counter + 1
  local home = teams[counter % #teams + 1]
  local away = teams[(counter * 7 + 3) % #teams + 1]
  if home == away then away = teams[(counter + 1) % #teams + 1] end
  return string.format('{"competition":"%s","home":"%s","away":"%s","match_date":"%s"}',
    os.getenv("COMPETITION"), home, away, date)
end

local json = { ["Content-Type"] = "application/json" }

function request()
  if mode == "generate" or (mode == "mixed" and counter % 10 == 0) then
    return wrk.format("POST", "/api/v1/predictions/match", json, fixture())
  end
  counter = counter + 1
  if counter % 3 == 0 then return wrk.format("GET", "/api/v1/predictions?limit=20") end
  return wrk.format("GET", stored)
end

function done(summary, latency, requests)
  io.write(string.format('{"requests":%d,"seconds":%.3f,"p50":%.3f,"p95":%.3f,"p99":%.3f,"failed":%d}\n',
    summary.requests, summary.duration / 1e6, latency:percentile(50) / 1000, latency:percentile(95) / 1000,
    latency:percentile(99) / 1000,
    summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.status + summary.errors.timeout))
end

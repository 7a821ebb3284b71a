-- expect: must be finite
return riskwheel.threat { api = 1, name = "gc_at_close", doc = "hostile",
  cycle = function(t, p, state)
    t.frequency = 1
    local m = { __index = {} }
    local kept = setmetatable({}, m)
    rawset(m, "__gc", function() while true do end end)
    t.frequency = 0 / 0 * (rawlen(kept) + 1)
  end,
}

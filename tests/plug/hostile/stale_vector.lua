-- expect: is of an earlier call
local kept = {}
return riskwheel.threat { api = 1, name = "stale_vector", doc = "hostile",
  cycle = function(t, p, state)
    t.frequency = 1
    kept[1] = kept[1] or t:uniform()
    t.frequency = kept[1]
  end,
}

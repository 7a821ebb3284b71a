-- expect: the metatable field '__gc' is not offered
return riskwheel.threat { api = 1, name = "gc_loop", doc = "hostile",
  cycle = function(t, p, state)
    t.frequency = 1
    setmetatable({}, { __gc = function() while true do end end })
  end,
}

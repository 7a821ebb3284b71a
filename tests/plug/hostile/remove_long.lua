-- expect: the metatable field '__len' is not offered
return riskwheel.threat { api = 1, name = "remove_long", doc = "hostile",
  cycle = function(t, p, state)
    t.frequency = 1
    table.remove(setmetatable({}, { __len = function() return 1 << 40 end }), 1)
  end,
}

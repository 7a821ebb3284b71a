-- expect: the metatable field '__len' is not offered
return riskwheel.threat { api = 1, name = "insert_long", doc = "hostile",
  cycle = function(t, p, state)
    t.frequency = 1
    table.insert(setmetatable({}, { __len = function() return 1 << 40 end }), 1, 1)
  end,
}

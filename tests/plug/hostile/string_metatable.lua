-- expect: table expected, got string
return riskwheel.threat { api = 1, name = "string_metatable", doc = "hostile",
  cycle = function(t, p, state)
    t.frequency = 1
    setmetatable("", { __index = function() return 1 end })
  end,
}

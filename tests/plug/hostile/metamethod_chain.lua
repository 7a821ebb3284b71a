-- expect: ran more than
return riskwheel.threat { api = 1, name = "metamethod_chain", doc = "hostile",
  cycle = function(t, p, state)
    t.frequency = 1
    local m = {}
    m.__index = function(x, k) return x[k + 1] or 1 end
    m.__add = function(a, b) return a + b end
    while true do pcall(function() return setmetatable({}, m) + 1 end) end
  end,
}

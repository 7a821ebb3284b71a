-- expect: the metatable field '__close' is not offered
return riskwheel.threat { api = 1, name = "close_loop", doc = "hostile",
  cycle = function(t, p, state)
    t.frequency = 1
    local x <close> = setmetatable({}, { __close = function() while true do end end })
    t.frequency = x
  end,
}

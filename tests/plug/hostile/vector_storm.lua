-- expect: more than 128 vectors in one call
return riskwheel.threat { api = 1, name = "vector_storm", doc = "hostile",
  cycle = function(t, p, state)
    t.frequency = 1
    local v = t:uniform()
    while true do v = v * 0.5 end
  end,
}

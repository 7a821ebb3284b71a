-- expect: ran more than
return riskwheel.threat { api = 1, name = "select_storm", doc = "hostile",
  cycle = function(t, p, state)
    t.frequency = 1
    local x = {}
    for i = 1, 200 do x[i] = i end
    while true do local _ = select("#", table.unpack(x)) end
  end,
}

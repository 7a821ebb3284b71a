-- expect: ran more than
return riskwheel.threat { api = 1, name = "sort_liar", doc = "hostile",
  cycle = function(t, p, state)
    t.frequency = 1
    local x = {}
    for i = 1, 3000 do x[i] = i end
    while true do table.sort(x, function() return true end) end
  end,
}

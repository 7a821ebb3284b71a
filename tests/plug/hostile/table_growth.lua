-- expect: needs more than
return riskwheel.threat { api = 1, name = "table_growth", doc = "hostile",
  cycle = function(t, p, state)
    t.frequency = 1
    local x = {}
    for i = 1, 1e9 do x[i] = { i } end
  end,
}

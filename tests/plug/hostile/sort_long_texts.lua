-- expect: ran more than
return riskwheel.threat { api = 1, name = "sort_long_texts", doc = "hostile",
  cycle = function(t, p, state)
    t.frequency = 1
    local s = string.rep("a", 1024 * 1024)
    local u, w, x = s .. "b", s .. "c", {}
    for i = 1, 60000 do x[i] = i % 2 == 0 and u or w end
    table.sort(x)
  end,
}

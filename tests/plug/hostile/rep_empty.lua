-- expect: ran more than
return riskwheel.threat { api = 1, name = "rep_empty", doc = "hostile",
  cycle = function(t, p, state)
    t.frequency = 1
    while true do local _ = string.rep("", 1 << 40) end
  end,
}

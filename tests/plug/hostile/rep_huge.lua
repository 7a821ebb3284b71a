-- expect: string.rep would make more than
return riskwheel.threat { api = 1, name = "rep_huge", doc = "hostile",
  cycle = function(t, p, state)
    t.frequency = 1
    local _ = string.rep("x", 1 << 40)
  end,
}

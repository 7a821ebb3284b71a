-- expect: needs more than
return riskwheel.threat { api = 1, name = "concat_doubling", doc = "hostile",
  cycle = function(t, p, state)
    t.frequency = 1
    local s = "x"
    while true do s = s .. s end
  end,
}

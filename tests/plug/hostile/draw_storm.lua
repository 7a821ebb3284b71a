-- expect: more than
return riskwheel.threat { api = 1, name = "draw_storm", doc = "hostile",
  cycle = function(t, p, state)
    t.frequency = 1
    while true do t:uniform() end
  end,
}

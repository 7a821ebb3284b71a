-- expect: pass true as its fourth argument
return riskwheel.threat { api = 1, name = "pattern_exponential", doc = "hostile",
  cycle = function(t, p, state)
    t.frequency = 1
    local _ = (("a"):rep(40)):find(("a?"):rep(40) .. ("a"):rep(40))
  end,
}

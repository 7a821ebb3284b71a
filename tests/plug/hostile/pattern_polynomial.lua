-- expect: pass true as its fourth argument
return riskwheel.threat { api = 1, name = "pattern_polynomial", doc = "hostile",
  cycle = function(t, p, state)
    t.frequency = 1
    local _ = (("a"):rep(3000)):find(".-.-.-.-b")
  end,
}

-- expect: xxxxxxxx
return riskwheel.threat { api = 1, name = "error_long", doc = "hostile",
  cycle = function(t, p, state)
    t.frequency = 1
    error(("x"):rep(100000), 0)
  end,
}

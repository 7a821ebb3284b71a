-- expect: ran more than
return riskwheel.threat { api = 1, name = "goto_endless", doc = "hostile",
  cycle = function(t, p, state)
    t.frequency = 1
    ::again:: goto again
  end,
}

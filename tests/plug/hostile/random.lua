-- expect: math has no 'random'
return riskwheel.threat { api = 1, name = "random", doc = "hostile",
  cycle = function(t, p, state)
    t.frequency = 1
    t.frequency = math.random()
  end,
}
